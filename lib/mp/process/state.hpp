// What lib keeps per process and per task. Both structures lie in the zeroed slots that the Os hands out,
// so a fresh process (forked or simulated) starts from nothing, and no part of lib needs a global.
//
// What always holds: all zero bytes are a valid state; every pointer owns what it points to and is null
// until first use; the fields of ProcessState are touched only while a StateLock is held, except where a
// comment says otherwise. Nothing here is ever shared between processes. New parts of lib add a field.
#pragma once

#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <mp/os/os.hpp>

namespace mp {

class AuthenticationKey;
struct Heap;
struct Kept;
struct ProcessRecord;
struct ThreadRecord;

/// The start method that processes have by default (context.hpp).
enum class DefaultMethod : std::uint8_t { open, fork, spawn };

enum class FinalizerId : std::uint64_t { none = 0 };

/// One entry of the exit sequence (exit_sequence.hpp).
struct Finalizer {
  FinalizerId id = FinalizerId::none;
  int priority = 0;
  void (*run)(void* context) = nullptr;
  void* context = nullptr;
};

/// Who the process is, written before its target runs and constant from then on: needs no lock.
struct Identity {
  std::string name;         // "worker-1"
  std::string path;         // creation counters, "1:2"; empty in a main process (PROC-13)
  std::string parent_name;  // empty in a main process
  ProcessId parent = ProcessId::none;
  ObjectId parent_object = ObjectId::none;
  ObjectId object = ObjectId::none;  // the Process object in the parent
  bool daemon = false;
};

struct ProcessState {
  std::uint32_t busy;  // StateLock's, nobody else's
  bool exit_hooked;    // the Os knows that finish_process must run
  bool finishing;      // the exit sequence has begun; never cleared
  DefaultMethod default_method;
  Identity* identity;  // null in a main process
  std::uint64_t processes_made;
  std::uint64_t threads_made;
  std::uint64_t finalizers_made;
  std::vector<Finalizer>* finalizers;                     // oldest first
  std::vector<std::shared_ptr<ProcessRecord>>* children;  // started and not known to have ended
  std::vector<std::shared_ptr<ThreadRecord>>* threads;    // started and not known to have ended
  AuthenticationKey* authkey;                             // null until it is asked for or inherited
  Heap* heap;                                             // of shared memory (lib/mp/shared/heap.hpp)
  Kept* kept;  // by keep() (lib/mp/pool/kept.hpp); the newest first
};

/// A Lock or RLock that a task has acquired and not yet released (lib/mp/sync/held_locks.hpp).
struct HeldLock {
  std::uint64_t lock;   // its identity
  std::uint32_t depth;  // how many releases it takes
};

/// What belongs to one task; touched by that task only, so it needs no lock.
struct TaskState {
  ThreadRecord* thread;                           // null on the first thread of a process
  int (*rebuilding)(std::span<const std::byte>);  // the class whose object is being made anew in a child
  void* connections;                              // the manager proxies' (lib/mp/manager owns and types it)
  void (*close_connections)(void* connections);   // called at the task's end; may be null
  const void* callback;                           // the program's own, for a Code that it has lib call; null
  std::uint32_t held_count;                       // how many of these are in use, the first ones
  HeldLock held[6];                               // so that nothing is allocated for a few
  std::vector<HeldLock>* held_more;               // the others; null when there are none
};

static_assert(sizeof(ProcessState) <= slot_bytes && std::is_trivial_v<ProcessState>);
static_assert(sizeof(TaskState) <= slot_bytes && std::is_trivial_v<TaskState>);

ProcessState& process_state(Os& os);
inline TaskState& task_state(Os& os) {
  return *std::launder(reinterpret_cast<TaskState*>(os.task_slot().data()));
}

/// The calling task's, at its end.
inline void close_connections(Os& os) {
  const TaskState& task = task_state(os);
  if (task.close_connections != nullptr) task.close_connections(task.connections);
}

/// Holds the calling process's state for a few plain statements. No Os call may be made while one is
/// held: in a simulated world the statements then are one step and nobody ever waits; in a real one the
/// holder is never asleep, so a waiter's time is short. Not recursive.
class StateLock {
 public:
  explicit StateLock(ProcessState& state);
  ~StateLock();
  StateLock(const StateLock&) = delete;
  StateLock& operator=(const StateLock&) = delete;

 private:
  ProcessState& state_;
};

}  // namespace mp
