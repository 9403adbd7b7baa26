// The search loop, and what happens to what it finds: look for damage, shrink, confirm.
#include <fmt/format.h>
#include <algorithm>

#include <heddle/core/random.hpp>
#include <heddle/engine/confirmation.hpp>
#include <heddle/engine/exploration.hpp>
#include <heddle/engine/interleaving_set.hpp>
#include <heddle/engine/shrinking.hpp>
#include <heddle/engine/tape_replay.hpp>

namespace heddle {
namespace {

constexpr std::uint64_t look_at_clock_every = 64;

// What the search has caught and not yet worked up.
struct Catch {
  Finding finding;
  Tape tape;
  RunOptions run;
  std::uint64_t found_at = 0;
  std::string_view found_by;
};

class Explorer {
 public:
  Explorer(const Program& program, const Exploration& exploration, const Parts& parts)
      : program_(program), exploration_(exploration), parts_(parts), started_(parts.host.seconds()) {}

  Result run() {
    search(exploration_.run, exploration_.budget.executions);
    if (has_predictions() && exploration_.seek_harm && exploration_.run.granularity == Granularity::op) {
      RunOptions finer = exploration_.run;
      finer.granularity = Granularity::os;
      seeking_only_harm_ = true;
      search(finer, exploration_.harm_executions);
    }
    result_.coverage.interleavings = interleavings_.size();
    result_.coverage.seconds = parts_.host.seconds() - started_;
    conclude();
    return std::move(result_);
  }

 private:
  void search(const RunOptions& run, std::uint64_t executions_max) {
    const std::unique_ptr<Strategy> strategy = parts_.strategy();
    for (std::uint64_t i = 0; i < executions_max && strategy->begin(i); ++i) {
      const Execution& execution =
          parts_.world.run(program_, run, *strategy, parts_.oracles, Record::nothing);
      const bool all_seen = strategy->end();
      member_ = parts_.member == nullptr ? std::string_view() : parts_.member(i);
      if (execution.ending == Ending::abandoned) {
        ++result_.coverage.abandoned;
      } else {
        account(execution);
        take_in(execution, run);
      }
      if (all_seen || execution.choice_points == 0) {
        if (!seeking_only_harm_) result_.coverage.exhausted = !was_cut_;
        return;
      }
      if (is_enough() || !may_go_on(i)) return;
    }
  }

  void account(const Execution& execution) {
    Coverage& coverage = result_.coverage;
    ++coverage.executions;
    coverage.choice_points += execution.choice_points;
    coverage.steps += execution.steps;
    coverage.steps_longest = std::max(coverage.steps_longest, execution.steps);
    interleavings_.insert(execution.interleaving);
    if (coverage.executions == 1) first_schedule_ = execution.schedule;
    if (execution.schedule != first_schedule_) has_varied_ = true;
    if (execution.ending == Ending::stopped) was_cut_ = true;
    if (execution.ending == Ending::exhausted) {
      was_cut_ = true;
      ++given_up_;
    }
    if (execution.ending == Ending::complete && !execution.outcomes.empty())
      result_.outcomes.insert(fmt::format("{}", fmt::join(execution.outcomes, ", ")));
  }

  void take_in(const Execution& execution, const RunOptions& run) {
    for (const Finding& finding : execution.findings) keep(finding, run);
    if (execution.ending == Ending::stuck && execution.findings.empty())
      keep({.rule = "deadlock", .sentence = "nobody can run and nobody will be woken"}, run);
  }

  void keep(const Finding& finding, const RunOptions& run) {
    const auto known = std::ranges::find_if(caught_, [&](const Catch& each) {
      return each.finding.rule == finding.rule && each.finding.object == finding.object;
    });
    const std::uint64_t now = result_.coverage.executions;
    if (known == caught_.end()) {
      if (!seeking_only_harm_) caught_.push_back({finding, parts_.world.tape(), run, now, member_});
    } else if (known->finding.harm == Harm::predicted && finding.harm == Harm::seen) {
      *known = {finding, parts_.world.tape(), run, known->found_at, member_};
    }
  }

  bool has_predictions() const {
    return std::ranges::any_of(caught_,
                               [](const Catch& each) { return each.finding.harm == Harm::predicted; });
  }

  // Enough bugs, and for each prediction damage, or a fair number of attempts to see some.
  bool is_enough() {
    if (caught_.size() < exploration_.findings_max && !seeking_only_harm_) return false;
    if (!exploration_.seek_harm || !has_predictions()) return true;
    return !seeking_only_harm_ && ++harm_attempts_ > exploration_.harm_executions;
  }

  bool may_go_on(std::uint64_t execution) {
    if (execution % look_at_clock_every != 0) return true;
    const double seconds = parts_.host.seconds() - started_;
    if (parts_.host.is_interrupted && parts_.host.is_interrupted()) {
      result_.interrupted = true;
      return false;
    }
    if (parts_.host.progress)
      parts_.host.progress({.executions = result_.coverage.executions,
                            .interleavings = interleavings_.size(),
                            .findings = caught_.size(),
                            .seconds = seconds});
    return !exploration_.budget.time || seconds < exploration_.budget.time->count();
  }

  void conclude() {
    std::vector<Failure> failures;
    for (const Catch& each : caught_) {
      auto worked_up = work_up(each);
      if (auto* const broken = std::get_if<Broken>(&worked_up)) {
        result_.verdict = *broken;
        return;
      }
      failures.push_back(std::move(std::get<Failure>(worked_up)));
    }
    if (!failures.empty()) {
      result_.verdict = Failed{std::move(failures)};
    } else if (given_up_ > 0) {
      result_.verdict = GaveUp{fmt::format("{} of {} executions did not end within {} steps", given_up_,
                                           result_.coverage.executions, exploration_.run.steps_max)};
    } else if (is_vacuous()) {
      result_.verdict = Failed{{vacuous()}};
    } else {
      result_.verdict = Passed{};
    }
  }

  bool is_vacuous() const {
    const Coverage& coverage = result_.coverage;
    return coverage.executions > 1 && !has_varied_ && !coverage.exhausted;
  }

  Failure vacuous() const {
    return {.finding = {.rule = "vacuous",
                        .sentence =
                            fmt::format("{} executions were all the same interleaving, and there are others",
                                        result_.coverage.executions)},
            .run = exploration_.run};
  }

  std::variant<Failure, Broken> work_up(const Catch& each) {
    World& world = parts_.world;
    const auto first = confirm(program_, each.run, each.tape, each.finding, world, parts_.oracles);
    if (const auto* const broken = std::get_if<Broken>(&first)) return *broken;
    const auto try_tape = [&](const Tape& candidate, Tape& recorded) {
      TapeReplay replay(candidate);
      replay.begin(0);
      const Execution& execution = world.run(program_, each.run, replay, parts_.oracles, Record::nothing);
      recorded = world.tape();
      return find_bug(execution, each.finding) != nullptr;
    };
    Shrunk shrunk = shrink(each.tape, try_tape);
    auto last = confirm(program_, each.run, shrunk.tape, each.finding, world, parts_.oracles);
    if (const auto* const broken = std::get_if<Broken>(&last)) return *broken;
    auto& confirmed = std::get<Confirmed>(last);
    return Failure{.finding = std::move(confirmed.finding),
                   .run = each.run,
                   .tape = std::move(shrunk.tape),
                   .default_digest = default_digest(program_, each.run, parts_),
                   .found_at = each.found_at,
                   .found_by = each.found_by,
                   .deviations_found = each.tape.entries.size(),
                   .shrink_executions = shrunk.executions,
                   .history = std::move(confirmed.history)};
  }

  const Program& program_;
  const Exploration& exploration_;
  const Parts& parts_;
  const double started_;
  Result result_;
  InterleavingSet interleavings_;
  std::vector<Catch> caught_;
  std::string_view member_;  // who made the latest execution
  std::uint64_t harm_attempts_ = 0;
  std::uint64_t given_up_ = 0;
  std::uint64_t first_schedule_ = 0;
  bool has_varied_ = false;  // not all executions made the same choices
  bool was_cut_ = false;
  bool seeking_only_harm_ = false;
};

}  // namespace

Result explore(const Program& program, const Exploration& exploration, const Parts& parts) {
  return Explorer(program, exploration, parts).run();
}

Result replay(const Program& program, const RunOptions& run, const Tape& tape, const Parts& parts) {
  Result result;
  const double started = parts.host.seconds();
  TapeReplay strategy(tape);
  strategy.begin(0);
  const Execution& execution = parts.world.run(program, run, strategy, parts.oracles, Record::history);
  result.coverage = {.executions = 1,
                     .interleavings = 1,
                     .choice_points = execution.choice_points,
                     .steps = execution.steps,
                     .steps_longest = execution.steps,
                     .seconds = parts.host.seconds() - started};
  for (const std::string& each : execution.outcomes) result.outcomes.insert(each);
  if (const auto mismatch = strategy.mismatch()) {
    result.verdict = Broken{"the tape does not fit the program: " + mismatch->words, mismatch->step};
    return result;
  }
  if (execution.findings.empty()) {
    result.verdict = Passed{};
    return result;
  }
  Failed failed;
  const auto history = std::make_shared<const Situation>(parts.world.situation());
  for (const Finding& finding : execution.findings)
    failed.failures.push_back(
        {.finding = finding, .run = run, .tape = tape, .found_at = 1, .history = history});
  result.verdict = std::move(failed);
  return result;
}

std::uint64_t digest(const Program& program, const RunOptions& run, std::uint64_t executions,
                     const Parts& parts) {
  const std::unique_ptr<Strategy> strategy = parts.strategy();
  std::uint64_t all = 0;
  for (std::uint64_t i = 0; i < executions && strategy->begin(i); ++i) {
    const Execution& execution = parts.world.run(program, run, *strategy, parts.oracles, Record::history);
    all = Random(all ^ execution.digest).next();
    if (strategy->end()) break;
  }
  return all;
}

std::uint64_t default_digest(const Program& program, const RunOptions& run, const Parts& parts) {
  TapeReplay nothing{Tape{}};
  nothing.begin(0);
  return parts.world.run(program, run, nothing, parts.oracles, Record::history).digest;
}

}  // namespace heddle
