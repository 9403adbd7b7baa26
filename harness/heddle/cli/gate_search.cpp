// See the header. Without a budget the gate takes less than a minute, whatever the machine: each scenario
// gets 10,000 executions, and at most its share of the time that is left.
#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include <heddle/cli/gate_search.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/cli/known.hpp>
#include <heddle/cli/suppressed.hpp>
#include <heddle/core/rules.hpp>

namespace heddle::cli {
namespace {

constexpr std::uint64_t executions_default = 10'000;
constexpr std::uint64_t executions_of_warnings = 1'000;  // all of which are run: a warning ends no search
constexpr double seconds_most = 5;
constexpr double seconds_least = 0.1;
constexpr double seconds_all = 60;
constexpr double share_of_search = 5.0 / 6;  // the rest is for shrinking and for slow executions
constexpr std::uint32_t findings_max_most = 32;

std::uint32_t errors_expected(const Scenario& scenario) {
  return static_cast<std::uint32_t>(std::ranges::count_if(scenario.expected, [](const auto& expected) {
    const Rule* const known = rule(expected.rule);
    return known == nullptr || known->severity == Severity::error;
  }));
}

std::size_t errors_in(const Failed& failed) {
  return static_cast<std::size_t>(std::ranges::count_if(
      failed.failures, [](const Failure& failure) { return failure.finding.severity == Severity::error; }));
}

/// Several findings of one expected rule may use up the limit before another expected rule, or an outcome
/// that is declared, shows.
bool stopped_too_early(const Scenario& scenario, const Result& result, const Options& options) {
  const Failed* failed = std::get_if<Failed>(&result.verdict);
  return failed != nullptr && errors_in(*failed) >= options.findings_max && !result.interrupted &&
         has_only_expected(scenario, result) &&
         ((scenario.expected.size() > 1 && !has_all_expected(scenario, result)) ||
          !has_all_outcomes(scenario, result));
}

/// The first suite that the scenario is of; nullptr: none.
const Suite* suite_of(const std::vector<Suite>& suites, std::string_view scenario) {
  const auto is_of = [&](const Suite& suite) {
    return std::ranges::any_of(suite.scenarios,
                               [&](const std::string& pattern) { return matches(pattern, scenario); });
  };
  const auto found = std::ranges::find_if(suites, is_of);
  return found == suites.end() ? nullptr : &*found;
}

std::vector<const Scenario*> share_of(const std::vector<const Scenario*>& all, const results::Shard& shard) {
  std::vector<const Scenario*> share;
  for (std::size_t at = shard.index; at < all.size(); at += shard.count) share.push_back(all[at]);
  return share;
}

}  // namespace

Expected<std::vector<const Scenario*>> selected(const JudgeScenarios& asked, const Context& context) {
  std::vector<const Scenario*> all;
  for (const std::string& name : asked.scenarios) {
    const auto scenario = find_scenario(context.scenarios, name);
    if (!scenario) return tl::unexpected(scenario.error());
    all.push_back(*scenario);
  }
  if (asked.scenarios.empty())
    for (const Scenario& scenario : context.scenarios)
      if (!scenario.hard && (asked.suites.empty() || suite_of(asked.suites, scenario.name) != nullptr) &&
          (asked.only.empty() || matches(asked.only, scenario.name)))
        all.push_back(&scenario);
  if (!all.empty()) return share_of(all, asked.shard);
  return tl::unexpected(Error{.code = "scenario-unknown",
                              .what = asked.suites.empty()
                                          ? "nothing selected: this program has no scenarios but hard ones"
                                          : "nothing selected: no suite is of any scenario of this program",
                              .hint = "give heddle::main a table of scenarios, or name what to judge",
                              .exit = ExitCode::nothing});
}

GateSearch::GateSearch(const JudgeScenarios& asked, const Context& context, const Explore& explore,
                       const results::Baseline& known, const std::vector<const Scenario*>& scenarios)
    : asked_(asked),
      context_(context),
      explore_(explore),
      known_(known),
      count_(scenarios.size()),
      started_(context.seconds()),
      correct_left_(static_cast<std::size_t>(
          std::ranges::count_if(scenarios, [](const Scenario* each) { return each->expected.empty(); }))) {}

/// Correct programs share the time: only they use up their budgets, unless something is wrong. So a plant
/// may take long on a slow machine.
Budget GateSearch::budget(const Scenario& scenario) const {
  const Suite* const suite = suite_of(asked_.suites, scenario.name);
  if (suite != nullptr && suite->budget) return *suite->budget;
  if (asked_.budget) return *asked_.budget;
  const std::chrono::duration<double> most(seconds_most);
  if (errors_expected(scenario) > 0) return {.executions = executions_default, .time = most};
  if (!scenario.expected.empty()) return {.executions = executions_of_warnings, .time = most};
  const double all = share_of_search * (asked_.time ? asked_.time->count() : seconds_all);
  const double left = all - (context_.seconds() - started_);
  const double share = left / static_cast<double>(std::max<std::size_t>(correct_left_, 1));
  // Who says how long the gate may take gets all of it, for as many executions as that is good for.
  if (asked_.time)
    return {.executions = UINT64_MAX, .time = std::chrono::duration<double>(std::max(share, seconds_least))};
  return {.executions = executions_default,
          .time = std::chrono::duration<double>(std::clamp(share, seconds_least, seconds_most))};
}

/// One that is known must not end the search for one that is not.
std::uint32_t GateSearch::errors_known(const Scenario& scenario) const {
  const std::size_t known = known_of(known_, scenario.name);
  return known == 0 ? 0 : static_cast<std::uint32_t>(known) + 1;
}

Options GateSearch::options_for(const Scenario& scenario) const {
  const Suite* const suite = suite_of(asked_.suites, scenario.name);
  Options options;
  options.strategy = suite != nullptr && suite->strategy ? *suite->strategy : asked_.strategy;
  options.seed = asked_.seed;
  options.run = run_options_of(scenario);
  if (suite != nullptr && suite->faults_max > 0) {
    options.run.faults = suite->faults;
    options.run.faults_max = suite->faults_max;
  }
  options.run.seed = asked_.seed;
  options.suppressions = undeclared(asked_.suppressions, scenario);
  options.looks_beyond_maximal = false;  // its verdict holds in its own mode
  options.budget = budget(scenario);
  options.seek_harm = std::ranges::any_of(scenario.expected, &ExpectedFinding::with_harm);
  options.is_interrupted = context_.is_interrupted;
  options.status = [&](const std::string& line) {
    context_.status.show(fmt::format("{}/{} {}: {}", begun_, count_, scenario.name, line));
  };
  options.findings_max = std::max(errors_expected(scenario) + errors_known(scenario), 1U);
  return options;
}

Result GateSearch::search(const Scenario& scenario) {
  ++begun_;
  Options options = options_for(scenario);
  if (scenario.expected.empty()) --correct_left_;
  Result result = explore_(scenario, options);
  while (options.findings_max < findings_max_most && stopped_too_early(scenario, result, options)) {
    ++options.findings_max;
    result = explore_(scenario, options);
  }
  return result;
}

}  // namespace heddle::cli
