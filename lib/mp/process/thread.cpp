// Starting, running and joining the threads of the calling process.
#include <mp/process/thread.hpp>

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

/// The life of a thread. Its own share of the record comes in on the heap.
void run_thread(void* argument) {
  const std::unique_ptr<std::shared_ptr<ThreadRecord>> share(
      static_cast<std::shared_ptr<ThreadRecord>*>(argument));
  ThreadRecord& record = **share;
  Os& here = os();
  TaskState& task = task_state(here);
  task.thread = &record;
  const detail::Runner runner{.heading = "Exception in thread " + record.name + ":",
                              .kind = ObjectKind::thread,
                              .object = record.object};
  detail::run_guarded(here, runner, [&] { record.target->run(); });
  // What the callable holds goes with the thread, not with whoever looks at its record last.
  record.target.reset();
  if (task.close_connections != nullptr) task.close_connections(task.connections);
}

}  // namespace

Thread::Thread(std::unique_ptr<detail::ThreadTarget> target, const ThreadOptions& options, Location where)
    : record_(std::make_shared<ThreadRecord>()) {
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
  if (record.started) throw RuntimeError("threads can only be started once");
  hook_exit(here);
  // Before it runs: its target may ask about itself at once.
  record.started = true;
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
  static_cast<void>(share.release());  // the thread's now
  record.id = *started;
  detail::enlist(here, record_);
  operation.succeed();
}

void Thread::join(Timeout timeout, Location where) const {
  Os& here = os();
  Operation operation(here, Verb::join, ObjectKind::thread, record_->object, where);
  if (!record_->started) throw RuntimeError("cannot join thread before it is started");
  if (task_state(here).thread == record_.get()) throw RuntimeError("cannot join current thread");
  if (detail::await_thread(here, record_, deadline_after(here, timeout))) operation.succeed();
}

bool Thread::is_alive(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::is_alive, ObjectKind::thread, record_->object, where);
  const bool is_self = task_state(here).thread == record_.get();
  const bool alive = record_->started && (is_self || !detail::await_thread(here, record_, immediately));
  operation.succeed(alive ? 1 : 0);
  return alive;
}

const std::string& Thread::name() const { return record_->name; }

bool Thread::daemon() const { return record_->daemon; }

void Thread::set_daemon(bool daemon) {
  if (record_->started) throw RuntimeError("cannot set daemon status of active thread");
  record_->daemon = daemon;
}

ObjectId Thread::object() const { return record_->object; }

std::string current_thread_name() {
  const ThreadRecord* const self = task_state(os()).thread;
  return self == nullptr ? "MainThread" : self->name;
}

}  // namespace mp
