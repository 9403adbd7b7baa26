// The calling process, its parent, its sleep and its end.
#include <mp/process/current_process.hpp>

#include <cerrno>
#include <cstdlib>
#include <span>
#include <utility>

#include <mp/os/operation.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/process/state.hpp>
#include <mp/process/uncaught.hpp>

namespace mp {

namespace {

const Identity* identity() { return process_state(os()).identity; }

}  // namespace

std::string CurrentProcess::name() const { return identity() == nullptr ? "MainProcess" : identity()->name; }

ProcessId CurrentProcess::pid() const { return os().process_id(); }

bool CurrentProcess::daemon() const { return identity() != nullptr && identity()->daemon; }

ObjectId CurrentProcess::object() const {
  return identity() == nullptr ? ObjectId::none : identity()->object;
}

CurrentProcess current_process() { return {}; }

std::optional<ParentProcess> parent_process() {
  const Identity* const self = identity();
  if (self == nullptr) return std::nullopt;
  return ParentProcess(self->parent, self->parent_name, self->parent_object);
}

ParentProcess::ParentProcess(ProcessId pid, std::string name, ObjectId object)
    : pid_(pid), name_(std::move(name)), object_(object) {}

// Opened first and looked at afterwards: while the number still is the caller's parent's, what was opened by
// that number is the parent.
bool ParentProcess::has_ended_by(Os& os, Instant deadline) const {
  const Result<Descriptor> process = os.open_process(pid_);
  if (!process && process.error().value != ESRCH) {
    throw OSError("cannot watch a process", process.error().value);
  }
  if (!process) return true;
  PollItem item{.fd = *process};
  const bool is_gone = os.parent_process_id() != pid_;
  const bool has_ended =
      is_gone || uninterrupted([&] { return os.poll(std::span(&item, 1), deadline); }).has_value();
  static_cast<void>(os.close(*process));
  return has_ended;
}

bool ParentProcess::is_alive(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::is_alive, ObjectKind::process, object_, where);
  const bool alive = !has_ended_by(here, immediately);
  operation.succeed(alive ? 1 : 0);
  return alive;
}

void ParentProcess::join(Timeout timeout, Location where) const {
  Os& here = os();
  Operation operation(here, Verb::join, ObjectKind::process, object_, where);
  if (has_ended_by(here, deadline_after(here, timeout))) operation.succeed();
}

void sleep(std::chrono::duration<double> duration, Location where) {
  Os& here = os();
  Operation operation(here, Verb::sleep, ObjectKind::none, ObjectId::none, where);
  if (duration.count() < 0) throw ValueError("sleep length must be non-negative");
  here.sleep_until(deadline_after(here, duration));
  operation.succeed();
}

void exit(int status) { throw SystemExit{status}; }

void exit(std::nullopt_t) { throw SystemExit{0}; }

void exit(std::string_view words) {
  detail::write_error(os(), std::string(words) + "\n");
  throw SystemExit{1};
}

void exit_now(int status) {
  os().exit_process(status);
  std::abort();  // not reached, but the compiler does not see that through a virtual call
}

}  // namespace mp
