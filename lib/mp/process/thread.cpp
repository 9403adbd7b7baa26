// Starting, running and joining the threads of the calling process.
#include <mp/process/thread.hpp>

#include <algorithm>

#include <mp/os/operation.hpp>
#include <mp/process/exit_sequence.hpp>
#include <mp/process/records.hpp>
#include <mp/process/uncaught.hpp>

namespace mp {

namespace {

std::string next_name(Os& os) {
  ProcessState& state = process_state(os);
  const StateLock lock(state);
  return "Thread-" + std::to_string(++state.threads_made);
}

/// A new thread takes after the one that makes it.
bool is_daemon_here(Os& os) {
  const ThreadRecord* const creator = task_state(os).thread;
  return creator != nullptr && creator->daemon;
}

/// Told by the thread itself, so that whom it tells of itself may join it at once.
bool is_running_or_ended(const ThreadRecord& record) { return record.id != ThreadId::none; }

/// The life of a thread. Its own share of the record comes in on the heap.
void run_thread(void* argument) {
  const std::unique_ptr<std::shared_ptr<ThreadRecord>> share(
      static_cast<std::shared_ptr<ThreadRecord>*>(argument));
  ThreadRecord& record = **share;
  Os& here = os();
  TaskState& task = task_state(here);
  task.thread = &record;
  record.id = here.thread_id();
  const detail::Runner runner{.heading = "Exception in thread " + record.name + ":",
                              .kind = ObjectKind::thread,
                              .object = record.object};
  detail::run_guarded(here, runner, [&] { record.target->run(); });
  // What the callable holds goes with the thread, not with whoever looks at its record last.
  record.target.reset();
  close_connections(here);
}

}  // namespace

Thread::Thread(std::unique_ptr<detail::ThreadTarget> target, const ThreadOptions& options, Location where)
    : ThreadHandle(std::make_shared<ThreadRecord>()) {
  Os& here = os();
  record_->name = options.name.empty() ? next_name(here) : std::string(options.name);
  record_->daemon = options.daemon.value_or(is_daemon_here(here));
  record_->role = options.role;
  record_->target = std::move(target);
  record_->object = announce(here, ObjectKind::thread, record_->name, where);
}

void Thread::start(Location where) {
  Os& here = os();
  ThreadRecord& record = *record_;
  Operation operation(here, Verb::start, ObjectKind::thread, record.object, where);
  if (record.started.exchange(true)) throw RuntimeError("threads can only be started once");
  hook_exit(here);
  auto share = std::make_unique<std::shared_ptr<ThreadRecord>>(record_);
  const Result<ThreadId> started = here.start_thread({.name = record.name,
                                                      .daemon = record.daemon,
                                                      .role = record.role,
                                                      .entry = &run_thread,
                                                      .argument = share.get(),
                                                      .object = record.object});
  if (!started) {
    record.started = false;
    throw RuntimeError("can't start new thread");
  }
  // NOLINTNEXTLINE(bugprone-unused-return-value): the thread's now
  static_cast<void>(share.release());
  record.id = *started;
  detail::enlist(here, record_);
  operation.succeed();
}

void Thread::set_daemon(bool daemon) {
  if (record_->started) throw RuntimeError("cannot set daemon status of active thread");
  record_->daemon = daemon;
}

ThreadHandle::ThreadHandle(std::shared_ptr<ThreadRecord> record) : record_(std::move(record)) {}

void ThreadHandle::join(Timeout timeout, Location where) const {
  Os& here = os();
  Operation operation(here, Verb::join, ObjectKind::thread, object(), where);
  if (task_state(here).thread == record_.get()) throw RuntimeError("cannot join current thread");
  if (record_ == nullptr) throw RuntimeError("cannot join the first thread of a process");
  if (!is_running_or_ended(*record_)) throw RuntimeError("cannot join thread before it is started");
  if (detail::await_thread(here, record_, deadline_after(here, timeout))) operation.succeed();
}

bool ThreadHandle::is_alive(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::is_alive, ObjectKind::thread, object(), where);
  const bool is_self = task_state(here).thread == record_.get();
  const bool alive = record_ == nullptr || (is_running_or_ended(*record_) &&
                                            (is_self || !detail::await_thread(here, record_, immediately)));
  operation.succeed(alive ? 1 : 0);
  return alive;
}

std::string ThreadHandle::name() const { return record_ == nullptr ? "MainThread" : record_->name; }

bool ThreadHandle::daemon() const { return record_ != nullptr && record_->daemon; }

ObjectId ThreadHandle::object() const { return record_ == nullptr ? ObjectId::none : record_->object; }

ThreadHandle current_thread() {
  ThreadRecord* const self = task_state(os()).thread;
  return ThreadHandle(self == nullptr ? nullptr : self->shared_from_this());
}

std::string current_thread_name() { return current_thread().name(); }

std::vector<ThreadHandle> active_threads(Location where) {
  std::vector<ThreadHandle> active{ThreadHandle(nullptr)};
  for (const auto& record : detail::listed_threads(os())) {
    if (ThreadHandle(record).is_alive(where)) active.emplace_back(record);
  }
  // It may run before its start() has put it on the list.
  const ThreadHandle self = current_thread();
  if (std::ranges::find(active, self) == active.end()) active.push_back(self);
  return active;
}

std::size_t active_thread_count(Location where) { return active_threads(where).size(); }

}  // namespace mp
