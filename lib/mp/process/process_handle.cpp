// What one can do with a process that has been created: wait for it, ask about it, stop it. The checks come
// inside the operation, so that a watcher can tell which call was wrong.
#include <mp/os/operation.hpp>
#include <mp/process/process.hpp>
#include <mp/process/records.hpp>
#include <mp/process/rejection.hpp>

namespace mp {

namespace {

int to_exitcode(ProcessEnd end) { return end.signal != 0 ? -end.signal : end.status; }

bool is_started(const ProcessRecord& record) { return record.phase == ProcessPhase::started; }

/// The end of a child, absent while it runs. OSError when the machine refuses to say.
std::optional<ProcessEnd> end_of(Os& os, const std::shared_ptr<ProcessRecord>& record, Instant deadline) {
  const Result<ProcessEnd> end = detail::await_process(os, record, deadline);
  if (end) return *end;
  if (end.error().value == ETIMEDOUT) return std::nullopt;
  throw OSError("cannot wait for a process", end.error().value);
}

}  // namespace

ProcessHandle::ProcessHandle(std::shared_ptr<ProcessRecord> record) : record_(std::move(record)) {}

void ProcessHandle::join(Timeout timeout, Location where) const {
  Os& here = os();
  Operation operation(here, Verb::join, ObjectKind::process, record_->object, where);
  detail::demand_open(*record_);
  if (record_->creator != here.process_id()) {
    detail::reject(here, *record_, "join-foreign-process", "can only join a child process", where);
  }
  if (!is_started(*record_)) {
    detail::reject(here, *record_, "join-before-start", "can only join a started process", where);
  }
  if (const auto end = end_of(here, record_, deadline_after(here, timeout)))
    operation.succeed(to_exitcode(*end));
}

std::optional<int> ProcessHandle::exitcode(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::exitcode, ObjectKind::process, record_->object, where);
  detail::demand_open(*record_);
  if (!is_started(*record_) || record_->creator != here.process_id()) return std::nullopt;
  const std::optional<ProcessEnd> end = end_of(here, record_, immediately);
  if (!end) return std::nullopt;
  operation.succeed(to_exitcode(*end));
  return to_exitcode(*end);
}

bool ProcessHandle::is_alive(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::is_alive, ObjectKind::process, record_->object, where);
  detail::demand_open(*record_);
  const bool is_itself = record_->pid == here.process_id();
  if (record_->creator != here.process_id() && !is_itself) {
    detail::reject(here, *record_, "join-foreign-process", "can only test a child process", where);
  }
  const bool alive = is_itself || (is_started(*record_) && !end_of(here, record_, immediately));
  operation.succeed(alive ? 1 : 0);
  return alive;
}

void ProcessHandle::terminate(Location where) const { signal(Verb::terminate, Signal::terminate, where); }

void ProcessHandle::kill(Location where) const { signal(Verb::kill, Signal::kill, where); }

void ProcessHandle::stop(Location where) const { signal(Verb::stop, Signal::stop, where); }

void ProcessHandle::resume(Location where) const { signal(Verb::resume, Signal::resume, where); }

void ProcessHandle::signal(Verb verb, Signal which, Location where) const {
  Os& here = os();
  Operation operation(here, verb, ObjectKind::process, record_->object, where);
  detail::demand_open(*record_);
  if (!is_started(*record_)) throw AssertionError("can only signal a started process");
  // Once reaped, the number may belong to a stranger. One that has ended and waits to be reaped keeps its
  // number, and a signal does nothing to it.
  if (record_->ending.is_known(here)) return operation.succeed();
  const Result<void> sent = here.signal_process(record_->pid, which);
  if (!sent && sent.error().value != ESRCH) throw OSError("cannot signal a process", sent.error().value);
  operation.succeed();
}

std::optional<ProcessId> ProcessHandle::pid() const {
  detail::demand_open(*record_);
  if (!is_started(*record_)) return std::nullopt;
  return record_->pid;
}

Descriptor ProcessHandle::sentinel() const {
  detail::demand_open(*record_);
  if (!is_started(*record_)) throw ValueError("process not started");
  return record_->sentinel.get(os(), record_->pid, record_->ending);
}

const std::string& ProcessHandle::name() const { return record_->name; }

bool ProcessHandle::daemon() const { return record_->daemon; }

const AuthenticationKey& ProcessHandle::authkey() const { return record_->authkey; }

StartMethod ProcessHandle::start_method() const { return record_->method; }

ObjectId ProcessHandle::object() const { return record_->object; }

std::vector<ProcessHandle> active_children(Location where) {
  Os& here = os();
  std::vector<ProcessHandle> active;
  for (const auto& record : detail::listed_children(here)) {
    Operation operation(here, Verb::is_alive, ObjectKind::process, record->object, where);
    if (!end_of(here, record, immediately)) active.emplace_back(record);
    operation.succeed();
  }
  return active;
}

}  // namespace mp
