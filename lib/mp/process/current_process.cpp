// The calling process, its parent, its sleep and its end.
#include <mp/process/current_process.hpp>

#include <mp/os/operation.hpp>
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
  return ParentProcess{.pid = self->parent, .name = self->parent_name};
}

void sleep(std::chrono::duration<double> duration, Location where) {
  Os& here = os();
  Operation operation(here, Verb::sleep, ObjectKind::none, ObjectId::none, where);
  if (duration.count() < 0) throw ValueError("sleep length must be non-negative");
  here.sleep_until(deadline_after(here, duration));
  operation.succeed();
}

void exit(int status) { throw SystemExit{status}; }

void exit(std::string_view words) {
  detail::write_error(os(), std::string(words) + "\n");
  throw SystemExit{1};
}

}  // namespace mp
