// The exact replay, and the words for where it left its tape.
#include <fmt/format.h>

#include <heddle/core/party.hpp>
#include <heddle/engine/exact_replay.hpp>
#include <heddle/engine/explanation.hpp>
#include <heddle/engine/tape_replay.hpp>

namespace heddle {
namespace {

/// Where an exact replay left its tape, and what the task was about that came to the choice.
Broken diverged(const TapeReplay::Mismatch& mismatch, const Situation& situation) {
  std::string why = fmt::format("the replay diverged at step {}: deviation {} of the tape, {}", mismatch.step,
                                mismatch.entry + 1, mismatch.words);
  if (mismatch.task != no_task) {
    why += fmt::format("; {}", situation.name_of_task(mismatch.task));
    const OperationIndex operation = situation.tasks[mismatch.task].operation;
    if (operation != none) {
      const Party party = party_of(situation, operation);
      why += fmt::format(" was in {}", party.operation);
      const std::string_view file = party.where.file_name();
      if (party.where.line() != 0)
        why += fmt::format(" ({}:{})", file.substr(file.rfind('/') + 1), party.where.line());
    } else {
      why += " stood between two operations";
    }
  }
  return {std::move(why), mismatch.step};
}

}  // namespace

Result replay(const Program& program, const RunOptions& run, const Tape& tape, const Parts& parts) {
  Result result;
  const double started = parts.host.seconds();
  TapeReplay strategy(tape, TapeReplay::Fit::exact);
  strategy.begin(0);
  const Execution& execution = parts.world.run(program, run, strategy, parts.oracles, Record::history);
  result.coverage = {.executions = 1,
                     .interleavings = 1,
                     .choice_points = execution.choice_points,
                     .steps = execution.steps,
                     .steps_longest = execution.steps,
                     .seconds = parts.host.seconds() - started};
  for (const std::string& each : execution.outcomes) result.outcomes.insert(each);
  result.suppressed.insert(execution.suppressed.begin(), execution.suppressed.end());
  if (const auto mismatch = strategy.mismatch()) {
    result.verdict = diverged(*mismatch, parts.world.situation());
    return result;
  }
  if (execution.findings.empty()) {
    result.verdict = Passed{};
    return result;
  }
  Failed failed;
  const auto history = std::make_shared<const Situation>(parts.world.situation());
  const auto essentials = essentials_of(tape, strategy.uses(), *history, run.granularity);
  for (const Finding& finding : execution.findings)
    failed.failures.push_back({.finding = finding,
                               .run = run,
                               .tape = tape,
                               .found_at = 1,
                               .essentials = essentials,
                               .history = history});
  result.verdict = std::move(failed);
  return result;
}

}  // namespace heddle
