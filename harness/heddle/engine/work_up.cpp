// Confirm, shrink, confirm what was shrunk, explain.
#include <heddle/engine/confirmation.hpp>
#include <heddle/engine/critical_pair.hpp>
#include <heddle/engine/digest.hpp>
#include <heddle/engine/shrinking.hpp>
#include <heddle/engine/tape_replay.hpp>
#include <heddle/engine/work_up.hpp>

namespace heddle {
namespace {

// A livelock lives of its switches: without one of them it is another loop, or none.
bool is_worth_shrinking(const Catch& caught) {
  constexpr std::size_t entries_max = 100;
  return caught.finding.rule != "livelock" || caught.tape.entries.size() <= entries_max;
}

Shrunk shrink(const Program& program, const Catch& caught, const Parts& parts) {
  if (!is_worth_shrinking(caught)) return {.tape = caught.tape};
  World& world = parts.world;
  return shrink(caught.tape, [&](const Tape& candidate, Tape& recorded) {
    TapeReplay replay(candidate);
    replay.begin(0);
    const Execution& execution = world.run(program, caught.run, replay, parts.oracles, Record::nothing);
    recorded = world.tape();
    return find_bug(execution, caught.finding) != nullptr;
  });
}

}  // namespace

std::variant<Failure, Broken> work_up(const Program& program, const Catch& caught, const Parts& parts) {
  World& world = parts.world;
  const auto first = confirm(program, caught.run, caught.tape, caught.finding, world, parts.oracles);
  if (const auto* const broken = std::get_if<Broken>(&first)) return *broken;
  Shrunk shrunk = shrink(program, caught, parts);
  auto last = confirm(program, caught.run, shrunk.tape, caught.finding, world, parts.oracles);
  if (const auto* const broken = std::get_if<Broken>(&last)) return *broken;
  auto& confirmed = std::get<Confirmed>(last);
  auto pair = find_critical_pair(program, caught.run, shrunk.tape, caught.finding, *confirmed.history, world,
                                 parts.oracles);
  return Failure{.finding = std::move(confirmed.finding),
                 .run = caught.run,
                 .tape = std::move(shrunk.tape),
                 .default_digest = default_digest(program, caught.run, parts),
                 .found_at = caught.found_at,
                 .found_by = caught.found_by,
                 .tape_found = caught.tape,
                 .shrink_executions = shrunk.executions,
                 .essentials = std::move(confirmed.essentials),
                 .critical_pair = std::move(pair),
                 .history = std::move(confirmed.history)};
}

}  // namespace heddle
