// The simulated Os: lib's one page, answered by a kernel inside this process. Tasks are fibers; everything
// a real kernel would decide by chance is a choice of the strategy. Processes have their own descriptor
// tables, exit status, children and memory arenas, and share the address space.
//
// Every call below is a step. On entry the caller's arena is put aside, so that whatever the kernel
// allocates is the host's; no call keeps anything on its stack that would need a destructor while the
// task sleeps, because a killed task never comes back.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include <heddle/core/sanitizers.hpp>
#include <heddle/core/session.hpp>
#include <heddle/core/world.hpp>
#include <heddle/worlds/sim/files.hpp>
#include <heddle/worlds/sim/looking_os.hpp>
#include <heddle/worlds/sim/observation.hpp>
#include <heddle/worlds/sim/paths.hpp>
#include <heddle/worlds/sim/scheduler.hpp>
#include <heddle/worlds/sim/segments.hpp>
#include <heddle/worlds/sim/watches.hpp>

namespace heddle::sim {

class SimOs final : public mp::Os, public Session, private SchedulerEvents {
 public:
  SimOs();

  const Execution& run(const Program& program, const RunOptions& options, Strategy& strategy,
                       std::span<const std::unique_ptr<Oracle>> oracles, Record record);
  const Situation& situation() const { return situation_; }
  Tape tape() const { return scheduler_.tape(); }
  std::span<const std::uint64_t> digests() const { return digests_; }

  mp::Result<mp::ProcessId> start_process(const mp::ProcessStart& start) override;
  [[noreturn]] void exit_process(int status) override;
  mp::Result<void> signal_process(mp::ProcessId process, mp::Signal signal) override;
  mp::Result<mp::ProcessEnd> wait_process(mp::ProcessId child, mp::Instant deadline) override;
  mp::Result<mp::Descriptor> open_process(mp::ProcessId process) override;
  mp::Result<mp::ThreadId> start_thread(const mp::ThreadStart& start) override;
  mp::Result<void> join_thread(mp::ThreadId thread, mp::Instant deadline) override;
  mp::ProcessId process_id() override;
  mp::ProcessId parent_process_id() override;
  mp::ThreadId thread_id() override;
  mp::Slot process_slot() override;

  mp::Result<std::pair<mp::Descriptor, mp::Descriptor>> pipe() override;
  mp::Result<std::pair<mp::Descriptor, mp::Descriptor>> socketpair() override;
  mp::Result<std::size_t> read(mp::Descriptor fd, std::span<std::byte> into) override;
  mp::Result<std::size_t> write(mp::Descriptor fd, std::span<const std::byte> bytes) override;
  mp::Result<void> close(mp::Descriptor fd) override;
  mp::Result<mp::Descriptor> duplicate(mp::Descriptor fd) override;
  mp::Result<int> poll(std::span<mp::PollItem> items, mp::Instant deadline) override;

  mp::Result<void> send_descriptor(mp::Descriptor socket, mp::Descriptor passed) override;
  mp::Result<mp::Descriptor> receive_descriptor(mp::Descriptor socket) override;

  mp::Result<mp::Descriptor> listen(mp::SocketAddress address, int backlog) override;
  mp::Result<mp::Descriptor> accept(mp::Descriptor listener, mp::Instant deadline) override;
  mp::Result<mp::Descriptor> connect(mp::SocketAddress address, mp::Instant deadline) override;
  mp::Result<mp::Ports> ports(mp::Descriptor socket) override;
  mp::Result<void> make_directory(std::string_view path) override;
  mp::Result<void> remove(std::string_view path) override;

  mp::Result<mp::Descriptor> create_segment(std::string_view name, std::size_t bytes) override;
  mp::Result<mp::Descriptor> open_segment(std::string_view name) override;
  mp::Result<void> unlink_segment(std::string_view name) override;
  mp::Result<std::span<std::byte>> map_segment(mp::Descriptor segment) override;
  mp::Result<void> unmap_segment(std::span<std::byte> mapping) override;
  mp::Slot slot_of_task() override;
  std::uint32_t load_word(const mp::Word& word) override;
  void store_word(mp::Word& word, std::uint32_t value) override;
  std::uint32_t exchange_word(mp::Word& word, std::uint32_t value) override;
  std::uint32_t compare_exchange_word(mp::Word& word, std::uint32_t expected, std::uint32_t desired) override;
  std::uint32_t fetch_add_word(mp::Word& word, std::uint32_t addend) override;
  mp::Result<void> word_wait(mp::Word& word, std::uint32_t expected, mp::Instant deadline,
                             mp::ProcessId owner) override;
  int word_wake(mp::Word& word, int count) override;
  void load_cell(const void* cell, std::span<std::byte> into) override;
  void store_cell(void* cell, std::span<const std::byte> bytes) override;

  mp::Instant now() override;
  void sleep_until(mp::Instant deadline) override;
  void random_bytes(std::span<std::byte> into) override;
  mp::Acknowledgement annotate(const mp::Annotation& annotation) override;

  void outcome(std::string_view text) override;
  void label(std::string_view name, LabelUse use) override;
  std::uint32_t choose(std::uint32_t count) override;
  void fail(std::string_view words, mp::Location where) override;
  void leave_unexplored(bool is_left) override;
  WatchId watch(const Statement& statement) override;
  void unwatch(WatchId watch) override;
  void specify(const Specification& specification) override;
  CallId call_begun(const ToldCall& told) override;
  void call_returned(CallId call, std::string_view result) override;

 private:
  class Entry;
  class BriefEntry;
  enum class Call : std::uint8_t;

  // The kernel's side of a process; what oracles may see of it is its ProcessRow.
  struct Process {
    Arena arena;
    std::vector<std::byte> payload;
    int (*entry)(std::span<const std::byte>) = nullptr;
    bool is_leaving = false;  // it has let go of everything, and will end
    bool reaped = false;
    bool terminate_pending = false;  // came while it was stopped
    char numbers = 0;                // its address stands for which descriptors are open
    alignas(16) std::array<std::byte, mp::slot_bytes> slot{};
  };

  std::uint32_t change(mp::Word& word, std::uint32_t value);
  void enter(Call call, const void* thing, AccessKind kind);
  void stop_if_wanted();
  bool is_struck(ChoiceKind fault) { return scheduler_.fault(fault) != 0; }
  bool is_interrupted(mp::Instant deadline);
  std::size_t moved(std::size_t bytes);
  void note(Call call, std::uint64_t detail);
  const void* thing_of(std::uint32_t history) const { return &histories_[history % histories_.size()]; }
  void task_blocked(TaskIndex task) override;
  void stuck() override;
  void long_run(bool is_last) override;
  void step_ended() override;
  void tell_of_hot_states(std::uint64_t steps_least);

  ProcessIndex current_process() const { return situation_.tasks[scheduler_.current()].process; }
  ProcessIndex find_process(mp::ProcessId id) const;
  bool has_ended(mp::ProcessId id) const;
  void let_go(FileIndex file);
  /// The lowest free number of the calling process.
  mp::Descriptor open(FileIndex file);
  std::uint32_t make_stream();
  void see(FileIndex index);
  void wake_pollers(WaitTarget changed);
  void look_at(FileIndex file);
  void look_at_listeners();
  ProcessIndex add_process(std::string_view name, ProcessIndex parent);
  TaskIndex add_task(std::string_view name, ProcessIndex process, TaskIndex parent, mp::Role role,
                     bool daemon, ObjectIndex object);
  mp::ProcessId make_process_id(TaskIndex main) const;
  void begin_task(Task& task);
  static void run_main(void* self);
  static void run_process(void* self);
  static void run_thread(void* self);
  [[noreturn]] void end_thread();
  void end_threads(ProcessIndex process);
  void close_descriptors(ProcessIndex process);
  void end_process(ProcessIndex process, int status, int signal);
  void stop_or_resume(ProcessIndex process, mp::Signal signal);
  [[noreturn]] void end_current_process(int status, int signal);

  bool is_ready(FileIndex file);
  WaitTarget target_of(FileIndex file);
  Wake wait_for_any(std::span<mp::PollItem> items, mp::Instant deadline);
  mp::Result<bool> await_bytes(std::uint32_t in);
  std::size_t take_bytes(std::uint32_t in, std::span<std::byte> into);
  mp::Result<void> await_room(const File& file, std::size_t bytes);
  bool take_reset(std::uint32_t in);
  void put_bytes(std::uint32_t out, std::span<const std::byte> bytes);
  void drop_passed(Stream& stream, std::uint64_t before);
  void stream_changed(std::uint32_t stream);
  void close_descriptor(ProcessIndex process, mp::Descriptor fd, TaskIndex closer);
  void reset_peer(const File& closed);
  mp::Result<void> is_heard_of(const File& file);
  std::uint16_t free_port();
  mp::Result<FileIndex> find_listener(const mp::SocketAddress& address) const;
  mp::Descriptor call(FileIndex listener);
  void close_pending(File& listener);
  void set_pending(FileIndex accepted_side, bool is_pending);

  Situation situation_;
  Execution execution_;
  Scheduler scheduler_;
  Observation observation_;
  Files files_;
  std::vector<std::unique_ptr<Process>> processes_;
  struct ThreadBody {
    void (*entry)(void*) = nullptr;
    void* argument = nullptr;
  };
  std::vector<ThreadBody> threads_;  // by TaskIndex
  Segments segments_;
  Paths paths_;
  Watches watches_;
  LookingOs looking_{scheduler_};
  std::array<char, 16> histories_{};  // their addresses stand for histories; two may share one
  std::uint64_t moment_ = 0;          // of the latest beginning or return of a call
  std::vector<std::uint64_t> digests_;
  const Program* program_ = nullptr;
  std::uint64_t seed_ = 0;
  std::uint64_t steps_max_ = 0;
  bool failed_ = false;  // the program's own assertion failed: stop at the next entry
};

enum class SimOs::Call : std::uint8_t {
  start_process,
  exit_process,
  signal_process,
  wait_process,
  start_thread,
  join_thread,
  pipe,
  socketpair,
  listen,
  accept,
  connect,
  read,
  write,
  close,
  duplicate,
  poll,
  map_segment,
  unmap_segment,
  load,
  store,
  exchange,
  compare_exchange,
  fetch_add,
  word_wait,
  word_wake,
  load_cell,
  store_cell,
  now,
  sleep_until,
  random_bytes,
  annotate,
  outcome,
  open_process,
  send_descriptor,
  receive_descriptor,
  create_segment,
  open_segment,
  unlink_segment,
  ports,
  make_directory,
  remove,
  call_begun,
};

/// One Os call of the running task: a step, with the task's arena put aside.
class SimOs::Entry {
 public:
  /// What it is about to touch first, and how; null: nothing that others may touch.
  Entry(SimOs& os, Call call, const void* thing = nullptr, AccessKind kind = AccessKind::write);
  ~Entry();
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

 private:
  UnwatchedScope unwatched_;
  Arena* arena_;
};

/// The same for what is not a step: ids, slots, annotations.
class SimOs::BriefEntry {
 public:
  BriefEntry() : arena_(exchange_arena(nullptr)) { leave_word_for_the_end(); }
  ~BriefEntry() { exchange_arena(arena_); }
  BriefEntry(const BriefEntry&) = delete;
  BriefEntry& operator=(const BriefEntry&) = delete;

 private:
  UnwatchedScope unwatched_;
  Arena* arena_;
};

}  // namespace heddle::sim
