// Two recorded replays and their comparison.
#include <fmt/format.h>

#include <heddle/core/party.hpp>
#include <heddle/engine/confirmation.hpp>
#include <heddle/engine/explanation.hpp>
#include <heddle/engine/histories.hpp>
#include <heddle/engine/tape_replay.hpp>

namespace heddle {

bool is_same_bug(const Finding& candidate, const Finding& wanted) {
  return candidate.rule == wanted.rule && candidate.object == wanted.object &&
         (candidate.harm == Harm::seen || wanted.harm == Harm::predicted);
}

const Finding* find_bug(const Execution& execution, const Finding& wanted) {
  for (const Finding& each : execution.findings)
    if (is_same_bug(each, wanted)) return &each;
  return nullptr;
}

std::variant<Confirmed, Broken> confirm(const Program& program, const RunOptions& run, const Tape& tape,
                                        const Finding& wanted, World& world,
                                        std::span<const std::unique_ptr<Oracle>> oracles) {
  TapeReplay replay(tape);
  replay.begin(0);
  world.run(program, run, replay, oracles, Record::history);
  const auto recorded = world.digests();
  const std::vector<std::uint64_t> first(recorded.begin(), recorded.end());
  replay.begin(0);
  const Execution& again = world.run(program, run, replay, oracles, Record::history);
  if (const auto step = first_difference(first, world.digests()))
    return Broken{std::string(why_histories_differ), *step};
  const Finding* const found = find_bug(again, wanted);
  if (found == nullptr)
    return Broken{
        fmt::format("nondeterministic: the replay of the tape that showed {} does not show it", wanted.rule),
        again.steps};
  auto history = std::make_shared<const Situation>(world.situation());
  auto essentials = essentials_of(tape, replay.uses(), *history, run.granularity);
  Finding told = *found;
  complete_words(told, *history);
  return Confirmed{std::move(told), std::move(history), std::move(essentials)};
}

}  // namespace heddle
