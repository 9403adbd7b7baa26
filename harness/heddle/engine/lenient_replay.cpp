// See the header. The search is an exploration by the strategy NearTape, so that what it finds is shrunk and
// confirmed like everything else.
#include <algorithm>

#include <heddle/engine/exploration.hpp>
#include <heddle/engine/lenient_replay.hpp>
#include <heddle/engine/near_tape.hpp>

namespace heddle {
namespace {

constexpr std::uint32_t findings_max = 8;  // others than the one that is wanted may come first

bool is_wanted(const Failure& failure, std::string_view rule) {
  return rule.empty() ? failure.finding.rule != "vacuous" : failure.finding.rule == rule;
}

/// Without the findings of other rules; Passed if none is left.
void keep_wanted(Result& result, std::string_view rule) {
  auto* const failed = std::get_if<Failed>(&result.verdict);
  if (failed == nullptr) return;
  std::erase_if(failed->failures, [&](const Failure& failure) { return !is_wanted(failure, rule); });
  if (failed->failures.empty()) result.verdict = Passed{};
}

bool has_finding(const Result& result) { return std::holds_alternative<Failed>(result.verdict); }

}  // namespace

LenientReplay replay_leniently(const Program& program, const RunOptions& run, const Tape& tape,
                               std::string_view rule, std::uint64_t executions_max, const Parts& parts) {
  LenientReplay made{.result = replay(program, run, tape, parts), .deviations = tape.entries.size()};
  if (const auto* const broken = std::get_if<Broken>(&made.result.verdict)) made.divergence = *broken;
  keep_wanted(made.result, rule);
  if (has_finding(made.result)) {
    made.deviations_matching = made.deviations;
    return made;
  }
  TapeReplay matching(tape);
  matching.begin(0);
  parts.world.run(program, run, matching, parts.oracles, Record::nothing);
  made.deviations_matching = matching.uses().size();
  const auto divergence =
      made.divergence ? std::optional<std::uint64_t>(made.divergence->step) : std::nullopt;
  Parts near = parts;
  near.strategy = [&](const Share&) { return std::make_unique<NearTape>(tape, divergence, run.seed); };
  near.member = nullptr;
  Exploration exploration;
  exploration.run = run;
  exploration.budget.executions = executions_max;
  exploration.findings_max = rule.empty() ? 1 : findings_max;
  exploration.seek_harm = false;
  made.result = explore(program, exploration, near);
  made.was_searched = true;
  keep_wanted(made.result, rule);
  return made;
}

}  // namespace heddle
