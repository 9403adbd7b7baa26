// What is the case in an execution, as the world keeps it and oracles read it: tasks, processes, objects
// with their holders, and every outermost operation so far. One truth; oracles derive the rest when they
// need it, which is when something is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <heddle/core/access.hpp>
#include <heddle/core/choice.hpp>
#include <heddle/core/held_locks.hpp>
#include <heddle/core/history.hpp>
#include <heddle/core/os_clock.hpp>
#include <heddle/core/program_clock.hpp>
#include <heddle/core/table.hpp>
#include <mp/os/os.hpp>

namespace heddle {

using ProcessIndex = std::uint32_t;
using ObjectIndex = std::uint32_t;     // ObjectId minus one
using OperationIndex = std::uint32_t;  // Stamp minus one
inline constexpr std::uint32_t none = UINT32_MAX;

enum class TaskState : std::uint8_t { runnable, blocked, ended };

/// What a blocked task waits for, as the kernel sees it.
enum class WaitKind : std::uint8_t { nothing, word, readable, writable, process, thread, time, any };

/// One of several things waited for: a stream's bytes or end (readable, writable; none: a listener's next
/// client), or the end of a process.
struct WaitTarget {
  WaitKind kind = WaitKind::nothing;
  std::uint32_t target = none;
};

struct TaskRow {
  std::string name;
  std::uint32_t ordinal = 0;  // among its parent's children of the same name, from 1
  TaskIndex parent = no_task;
  ProcessIndex process = none;
  mp::Role role = mp::Role::user;
  bool daemon = false;
  TaskState state = TaskState::runnable;
  bool has_deadline = false;          // meaningful while blocked
  WaitKind wait = WaitKind::nothing;  // meaningful while blocked
  std::uint32_t wait_target = none;   // process, task, or the stream waited for; none for `any`
  std::vector<WaitTarget> targets;    // meaningful for `any`: each of them alone ends the wait
  ProcessIndex watched = none;        // meaningful while blocked: whose end ends the wait as well
  std::uint32_t keeps = none;  // a server's task: the operation that it keeps waiting for somebody else's
  OperationIndex operation = none;  // the outermost operation in progress
  OperationIndex carries = none;    // a helper's task: the operation on whose behalf it writes
  ObjectIndex object = none;        // the Thread or Process object that stands for it
  void reset() {
    name.clear();
    targets.clear();
    *this = TaskRow{.name = std::move(name), .targets = std::move(targets)};
  }
};

struct ProcessRow {
  std::string name;
  ProcessIndex parent = none;
  TaskIndex main = no_task;
  mp::ProcessId id = mp::ProcessId::none;
  mp::Role role = mp::Role::user;
  bool daemon = false;
  bool alive = true;
  bool is_newborn = true;  // no operation yet: it may not have taken up the handles it was given
  bool killed_by_fault = false;
  bool is_stopped = false;  // by SIGSTOP: none of its tasks runs until it is resumed
  int status = 0;
  int signal = 0;
  std::uint32_t tasks_able = 0;  // live tasks that run, can run, or will by their deadline
  ObjectIndex object = none;
  std::string uncaught;  // the exception that ended it, in words; empty: none
  void reset() {
    name.clear();
    uncaught.clear();
    *this = ProcessRow{.name = std::move(name), .uncaught = std::move(uncaught)};
  }
};

struct Holder {
  ProcessIndex process = none;
  std::uint32_t claims = 0;       // handles: it can name the object
  std::uint32_t descriptors = 0;  // open copies, nameable or not
};

struct ObjectRow {
  mp::ObjectKind kind{};
  std::string name;
  TaskIndex creator = no_task;
  std::uint32_t ordinal = 0;        // among its creator's unnamed objects of the kind, from 1
  ThingId id = no_thing;            // the same in every interleaving, as far as it can be
  ObjectIndex peer = none;          // the other end of a connection
  std::uint32_t stream_in = none;   // a connection: what it receives from
  std::uint32_t stream_out = none;  // and sends to
  std::uint64_t key = 0;            // shared memory: the same for all handles of one segment
  std::int64_t number = 0;          // as its primitive said: a queue's bound (0: none), a barrier's parties
  mp::Location where = {};
  std::vector<Holder> holders;
  void reset() {
    name.clear();
    holders.clear();
    *this = ObjectRow{.name = std::move(name), .holders = std::move(holders)};
  }
};

/// One outermost operation of a task, in progress or ended.
struct OperationRow {
  TaskIndex task = no_task;
  mp::Verb verb{};
  mp::ObjectKind kind{};
  ObjectIndex object = none;
  ObjectIndex related = none;
  OperationIndex source = none;  // the operation whose bytes it took in
  bool ended = false;
  bool succeeded = false;
  bool blocked = false;     // it had to wait at some time
  bool is_patient = false;  // and would have waited for ever: it has no deadline
  bool is_asking = false;   // its task waits for a server's reply
  bool is_kept = false;     // and the server keeps it waiting for somebody else's operation
  std::int64_t number = 0;
  std::uint64_t part = 0;        // of shared or managed data, what it touched last; 0: the whole
  std::uint64_t bytes_sent = 0;  // written for it, by its own task or by a helper
  std::uint64_t step_begin = 0;
  std::uint64_t step_end = 0;
  mp::Location where = {};
  std::uint32_t words = none;  // Situation::words; none: nothing was said
  void reset() { *this = OperationRow{}; }
};

/// What was given to an operation and what came back; only while recording.
struct OperationWords {
  std::string argument;
  std::string result;
  void reset() {
    argument.clear();
    result.clear();
  }
};

/// A byte stream of the kernel, one direction of a pipe or socket: which processes keep it open.
struct StreamRow {
  std::vector<Holder> readers;
  std::vector<Holder> writers;
  bool is_pending = false;       // the other side is a listener's backlog: whoever accepts will hold it
  std::uint32_t on_the_way = 0;  // descriptors of an end of it that travel through sockets
  void reset() {
    is_pending = false;
    on_the_way = 0;
    readers.clear();
    writers.clear();
  }
};

struct Situation {
  Table<TaskRow> tasks;
  Table<ProcessRow> processes;
  Table<ObjectRow> objects;
  Table<OperationRow> operations;
  Table<OperationWords> words;
  Table<StreamRow> streams;
  HeldLocks held_locks;         // by user tasks
  Table<HistoryRow> histories;  // of objects of the program's own
  Table<CallRow> calls;         // on these, in order of their beginnings
  ProgramClock clock;
  ProgramClock clock_without_locks{LockEdges::left_out};
  OsClock os_clock;        // kept while recording
  std::uint64_t step = 0;  // Os calls so far
  std::uint32_t processes_killed = 0;
  bool recording = false;  // texts are kept; somebody will read this history

  void clear();
  OperationWords& words_for(OperationRow& operation);                   // made if there are none yet
  const std::string& argument_of(const OperationRow& operation) const;  // in words; empty: not known
  const std::string& result_of(const OperationRow& operation) const;
  std::string label_of(TaskIndex task) const;            // "main/worker-2/feeder"
  std::string name_of(ProcessIndex process) const;       // "worker-2"
  std::string name_of_task(TaskIndex task) const;        // the process, with the thread if not its main
  std::string name_of_object(ObjectIndex object) const;  // its name, or "lock 2 of main"
  bool holds(ObjectIndex object, ProcessIndex process) const;
};

std::string_view name_of(mp::ObjectKind kind);
std::string_view name_of(mp::Verb verb);

}  // namespace heddle
