// The exit sequence, step by step, and the finalizers that run in it.
#include <mp/process/exit_sequence.hpp>

#include <algorithm>
#include <limits>
#include <optional>

#include <mp/errors.hpp>
#include <mp/os/operation.hpp>
#include <mp/process/process.hpp>
#include <mp/process/records.hpp>
#include <mp/process/uncaught.hpp>

namespace mp {

namespace {

/// Takes the finalizer that is to run next out of the list: of those at or above the priority the
/// highest, of equals the newest. Absent: none is left.
std::optional<Finalizer> take_finalizer(Os& os, int priority_min) {
  ProcessState& state = process_state(os);
  const StateLock lock(state);
  if (state.finalizers == nullptr) return std::nullopt;
  // From newest to oldest; max_element gives the first of equals.
  const auto next =
      std::max_element(state.finalizers->rbegin(), state.finalizers->rend(),
                       [](const Finalizer& a, const Finalizer& b) { return a.priority < b.priority; });
  if (next == state.finalizers->rend() || next->priority < priority_min) return std::nullopt;
  const Finalizer taken = *next;
  state.finalizers->erase(std::next(next).base());
  return taken;
}

// One at a time instead of from a copy of the list: a finalizer may cancel others, or register some.
void run_finalizers(Os& os, int priority_min) {
  const detail::Runner runner{
      .heading = "Exception in a finalizer of process " + current_process().name() + ":",
      .kind = ObjectKind::none,
      .object = ObjectId::none};
  while (const std::optional<Finalizer> next = take_finalizer(os, priority_min)) {
    detail::run_guarded(os, runner, [&] { next->run(next->context); });
  }
}

void join_threads(Os& os, Location where) {
  for (const auto& record : detail::listed_threads(os)) {
    if (record->daemon || record.get() == task_state(os).thread) continue;
    Operation operation(os, Verb::join, ObjectKind::thread, record->object, where);
    if (detail::await_thread(os, record, never)) operation.succeed();
  }
}

/// Does something to a child by a handle that another thread may close meanwhile: then it has ended, and
/// nothing is left to be done.
template <class Act>
void unless_closed(Act act) {
  try {
    act();
  } catch (const ValueError&) {
  }
}

// Daemons first: nobody needs them any more, and they may hold what the others wait for.
void end_children(Os& os, Location where) {
  const std::vector<std::shared_ptr<ProcessRecord>> children = detail::listed_children(os);
  for (const auto& record : children) {
    if (record->daemon) unless_closed([&] { ProcessHandle(record).terminate(where); });
  }
  for (const bool daemons : {true, false}) {
    for (const auto& record : children) {
      if (record->daemon == daemons) unless_closed([&] { ProcessHandle(record).join(std::nullopt, where); });
    }
  }
}

}  // namespace

FinalizerId register_finalizer(int priority, void (*run)(void* context), void* context) {
  Os& here = os();
  hook_exit(here);
  ProcessState& state = process_state(here);
  const StateLock lock(state);
  if (state.finalizers == nullptr) state.finalizers = new std::vector<Finalizer>;
  const FinalizerId id{++state.finalizers_made};
  state.finalizers->push_back({.id = id, .priority = priority, .run = run, .context = context});
  return id;
}

bool cancel_finalizer(FinalizerId finalizer) {
  ProcessState& state = process_state(os());
  const StateLock lock(state);
  if (state.finalizers == nullptr) return false;
  return std::erase_if(*state.finalizers, [&](const Finalizer& each) { return each.id == finalizer; }) > 0;
}

void hook_exit(Os& os) {
  ProcessState& state = process_state(os);
  {
    const StateLock lock(state);
    if (state.exit_hooked) return;
    state.exit_hooked = true;
  }
  os.call_at_exit([] { finish_process(); });
}

void finish_process(Location where) {
  Os& here = os();
  ProcessState& state = process_state(here);
  {
    const StateLock lock(state);
    if (state.finishing) return;
    state.finishing = true;
  }
  const bool is_main = state.identity == nullptr;
  Operation operation(here, Verb::finish, ObjectKind::process, current_process().object(), where);
  if (is_main) join_threads(here, where);
  run_finalizers(here, 0);
  end_children(here, where);
  run_finalizers(here, std::numeric_limits<int>::min());
  if (!is_main) join_threads(here, where);
  close_connections(here);
  operation.succeed();
}

}  // namespace mp
