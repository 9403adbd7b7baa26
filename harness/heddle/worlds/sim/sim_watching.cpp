// What a program says of its state, looked at between two steps: by whoever has made the step, before anybody
// else gets the turn.
#include <exception>
#include <optional>

#include <heddle/worlds/sim/sim_os.hpp>

namespace heddle::sim {
namespace {

/// What is wrong with the state.
struct Broken {
  Breach breach{};
  std::string words = {};
};

std::optional<Broken> look(Watch& watch) {
  try {
    const bool had_held = watch.has_held;
    watch.has_held = watch.holds(watch.of);
    if (watch.has_held) return std::nullopt;
    return Broken{had_held ? Breach::after_step : Breach::since_declared};
  } catch (const Occupied&) {
    return std::nullopt;
  } catch (const Refused& refused) {
    return Broken{Breach::refused, std::string(refused.call)};
  } catch (const std::exception& exception) {
    return Broken{Breach::raised, exception.what()};
  } catch (...) {
    return Broken{Breach::raised, "an exception of no known type"};
  }
}

}  // namespace

WatchId SimOs::watch(const Statement& statement) {
  const BriefEntry entry;
  const TaskIndex task = scheduler_.current();
  const auto operations = static_cast<OperationIndex>(situation_.operations.size());
  OperationIndex latest = operations;
  while (latest-- > 0 && situation_.operations[latest].task != task) {
  }
  const WatchId id = watches_.add(statement, task, latest, situation_.step);
  scheduler_.watch_steps(watches_.count() > 0);
  return id;
}

void SimOs::unwatch(WatchId watch) {
  const BriefEntry entry;
  watches_.remove(watch);
  scheduler_.watch_steps(watches_.count() > 0);
}

void SimOs::step_ended() {
  if (observation_.wants_stop()) return;
  const auto look_here = [&](Watch& watch) {
    looking_.begin();
    const mp::OsScope as_os(&looking_);
    const SessionScope as_session(&looking_);
    return look(watch);
  };
  const auto tell_if_broken = [&](Watch& watch) {
    const std::optional<Broken> broken = look_here(watch);
    if (!broken) return;
    watch.is_live = false;
    observation_.broken(watch, broken->breach, broken->words);
  };
  for (Watch& each : watches_.all()) {
    if (!each.is_live || each.holds == nullptr) continue;
    tell_if_broken(each);
    stop_if_wanted();  // never comes back, so nothing that owns memory may be alive here
  }
}

void SimOs::tell_of_hot_states(std::uint64_t steps_least) {
  if (observation_.wants_stop()) return;
  for (const Watch& each : watches_.all())
    if (each.is_live && each.holds == nullptr && situation_.step - each.step >= steps_least)
      observation_.still_hot(each, steps_least == 0);
}

}  // namespace heddle::sim
