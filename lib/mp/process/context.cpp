// The default start method lies in the ProcessState; a child gets its parent's with its birth.
#include <mp/process/context.hpp>

#include <mp/errors.hpp>
#include <mp/os/posix_os_spawning.hpp>
#include <mp/process/state.hpp>

namespace mp {

namespace {

StartMethod method_of(std::string_view name) {
  if (name == "fork") return StartMethod::fork;
  if (name == "spawn") return StartMethod::spawn;
  throw ValueError("cannot find context for '" + std::string(name) + "'");
}

std::string name_of(StartMethod method) { return method == StartMethod::fork ? "fork" : "spawn"; }

DefaultMethod fixed(StartMethod method) {
  return method == StartMethod::fork ? DefaultMethod::fork : DefaultMethod::spawn;
}

}  // namespace

DefaultMethod detail::default_method(Os& os) {
  ProcessState& state = process_state(os);
  const StateLock lock(state);
  return state.default_method;
}

StartMethod detail::default_start_method(Os& os) {
  ProcessState& state = process_state(os);
  const StateLock lock(state);
  if (state.default_method == DefaultMethod::open) state.default_method = DefaultMethod::fork;
  return state.default_method == DefaultMethod::fork ? StartMethod::fork : StartMethod::spawn;
}

std::vector<std::string> get_all_start_methods() { return {"fork", "spawn"}; }

void set_start_method(std::optional<std::string_view> method, bool force) {
  const DefaultMethod wanted = method ? fixed(method_of(*method)) : DefaultMethod::open;
  ProcessState& state = process_state(os());
  const StateLock lock(state);
  if (state.default_method != DefaultMethod::open && !force) {
    throw RuntimeError("context has already been set");
  }
  state.default_method = wanted;
}

std::optional<std::string> get_start_method(bool allow_none) {
  Os& here = os();
  if (allow_none && detail::default_method(here) == DefaultMethod::open) return std::nullopt;
  return name_of(detail::default_start_method(here));
}

std::string Context::get_start_method() const { return name_of(method_); }

void Context::set_start_method(std::string_view) const {
  throw ValueError("cannot set start method of concrete context");
}

Context get_context(std::optional<std::string_view> method) {
  return Context(method ? method_of(*method) : detail::default_start_method(os()));
}

void freeze_support(int argc, char** argv) { posix_spawning::live_if_spawned(argc, argv); }

}  // namespace mp
