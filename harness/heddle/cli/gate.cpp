// See the header. Without a budget the gate takes less than a minute, whatever the machine: each scenario
// gets 10,000 executions, and at most its share of the time that is left.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/api/text_report.hpp>
#include <heddle/cli/gate.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/cli/suppressed.hpp>
#include <heddle/cli/tables.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/reports/text/letters.hpp>

namespace heddle::cli {
namespace {

constexpr std::uint64_t executions_default = 10'000;
constexpr std::uint64_t executions_of_warnings = 1'000;  // all of which are run: a warning ends no search
constexpr double seconds_most = 5;
constexpr double seconds_least = 0.1;
constexpr double seconds_all = 50;  // the rest of the minute is for shrinking and for slow executions
constexpr std::uint32_t findings_max_most = 32;

class Gate {
 public:
  Gate(const JudgeScenarios& asked, const Context& context, const Explore& explore)
      : asked_(asked), context_(context), explore_(explore), started_(context.seconds()) {}

  ExitCode judge(const std::vector<const Scenario*>& scenarios) {
    for (const Scenario* scenario : scenarios) {
      name_width_ = std::max(name_width_, text::width_of(scenario->name));
      expected_width_ = std::max(expected_width_, text::width_of(expected_words(*scenario)));
    }
    write_row("scenario", "expected", "found", "executions", "distinct", "time", "verdict");
    correct_left_ = static_cast<std::size_t>(
        std::ranges::count_if(scenarios, [](const Scenario* each) { return each->expected.empty(); }));
    for (const Scenario* scenario : scenarios)
      if (!context_.is_interrupted()) judge_one(*scenario);
    return conclude(scenarios.size());
  }

  const std::vector<ReportItem>& items() const { return items_; }

 private:
  static std::uint32_t errors_expected(const Scenario& scenario) {
    return static_cast<std::uint32_t>(std::ranges::count_if(scenario.expected, [](const auto& expected) {
      const Rule* const known = rule(expected.rule);
      return known == nullptr || known->severity == Severity::error;
    }));
  }

  /// Correct programs share the time: only they use up their budgets, unless something is wrong. So a plant
  /// may take long on a slow machine.
  Budget budget(const Scenario& scenario) const {
    if (asked_.budget) return *asked_.budget;
    const std::chrono::duration<double> most(seconds_most);
    if (errors_expected(scenario) > 0) return {.executions = executions_default, .time = most};
    if (!scenario.expected.empty()) return {.executions = executions_of_warnings, .time = most};
    const double left = seconds_all - (context_.seconds() - started_);
    const double share = left / static_cast<double>(std::max<std::size_t>(correct_left_, 1));
    return {.executions = executions_default,
            .time = std::chrono::duration<double>(std::clamp(share, seconds_least, seconds_most))};
  }

  Result explore_until_found(const Scenario& scenario, Options options) const {
    options.findings_max = std::max(errors_expected(scenario), 1u);
    Result result = explore_(scenario, options);
    while (options.findings_max < findings_max_most && stopped_too_early(scenario, result, options)) {
      ++options.findings_max;
      result = explore_(scenario, options);
    }
    return result;
  }

  static std::size_t errors_in(const Failed& failed) {
    return static_cast<std::size_t>(std::ranges::count_if(
        failed.failures, [](const Failure& failure) { return failure.finding.severity == Severity::error; }));
  }

  /// Several findings of one expected rule may use up the limit before another expected rule, or an outcome
  /// that is declared, shows.
  static bool stopped_too_early(const Scenario& scenario, const Result& result, const Options& options) {
    const Failed* failed = std::get_if<Failed>(&result.verdict);
    return failed != nullptr && errors_in(*failed) >= options.findings_max && !result.interrupted &&
           has_only_expected(scenario, result) &&
           ((scenario.expected.size() > 1 && !has_all_expected(scenario, result)) ||
            !has_all_outcomes(scenario, result));
  }

  void judge_one(const Scenario& scenario) {
    Options options;
    options.strategy = asked_.strategy;
    options.seed = asked_.seed;
    options.run = run_options_of(scenario);
    options.run.seed = asked_.seed;
    options.suppressions = undeclared(asked_.suppressions, scenario);
    options.looks_beyond_maximal = false;  // its verdict holds in its own mode
    options.budget = budget(scenario);
    if (scenario.expected.empty()) --correct_left_;
    options.seek_harm = std::ranges::any_of(scenario.expected, &ExpectedFinding::with_harm);
    options.is_interrupted = context_.is_interrupted;
    options.status = [&](const std::string& line) {
      context_.status.show(fmt::format("{}: {}", scenario.name, line));
    };
    const double began = context_.seconds();
    const Result result = explore_until_found(scenario, options);
    suppressed_.insert(result.suppressed.begin(), result.suppressed.end());
    tell(scenario, result, context_.seconds() - began);
  }

  void tell(const Scenario& scenario, const Result& result, double seconds) {
    const auto wrong = mismatches(scenario, result);
    const bool is_cut_short = result.interrupted && has_only_expected(scenario, result) &&
                              (scenario.expected.empty() || !wrong.empty());
    const std::string verdict = is_cut_short ? "interrupted" : wrong.empty() ? "ok" : "FAILED";
    context_.status.clear();
    write_row(scenario.name, expected_words(scenario), found_words(result),
              text::grouped(result.coverage.executions), text::grouped(result.coverage.interleavings),
              fmt::format("{:.2f} s", seconds), verdict);
    for (const std::string& sum : sums_of(result.suppressed))
      context_.output.write(fmt::format("  suppressed: {}\n", sum));
    if (is_cut_short) return;
    ++judged_;
    if (!asked_.reports.empty())
      items_.push_back({.scenario = std::string(scenario.name),
                        .replay_command = replaying(scenario),
                        .result = result,
                        .declared = declared_of(scenario, wrong)});
    if (wrong.empty()) return;
    ++failed_;
    for (const std::string& sentence : wrong) context_.output.write(fmt::format("  FAILED: {}\n", sentence));
    context_.output.write("\n" +
                          text_report(result, {.scenario = std::string(scenario.name),
                                               .replay_command = replaying(scenario),
                                               .width = context_.terminal.width,
                                               .colour = context_.terminal.colour}) +
                          "\n");
  }

  std::string replaying(const Scenario& scenario) const {
    return replaying_with(undeclared(asked_.suppressions, scenario), context_);
  }

  /// What was found has the width of what was expected: for the row that is as it should be.
  void write_row(std::string_view scenario, std::string_view expected, std::string_view found,
                 std::string_view executions, std::string_view distinct, std::string_view time,
                 std::string_view verdict) const {
    const std::size_t found_width = std::max(expected_width_, text::width_of(found));
    context_.output.write(fmt::format("{}  {}  {}  {:>10}  {:>8}  {:>7}  {}\n",
                                      text::padded(scenario, name_width_),
                                      text::padded(expected, expected_width_),
                                      text::padded(found, found_width), executions, distinct, time, verdict));
  }

  ExitCode conclude(std::size_t scenarios) const {
    const bool is_cut_short = judged_ < scenarios;
    tell_idle(asked_.suppressions, suppressed_, context_);
    context_.output.write(fmt::format(
        "gate: {}, {} ok, {} FAILED{}, {:.1f} s\n", text::counted(scenarios, "scenario"), judged_ - failed_,
        failed_, is_cut_short ? fmt::format(", {} not judged (interrupted)", scenarios - judged_) : "",
        context_.seconds() - started_));
    if (failed_ > 0) return ExitCode::findings;
    return is_cut_short ? ExitCode::inconclusive : ExitCode::clean;
  }

  const JudgeScenarios& asked_;
  const Context& context_;
  const Explore& explore_;
  const double started_;
  std::size_t name_width_ = std::string_view("scenario").size();
  std::size_t expected_width_ = std::string_view("expected").size();
  std::size_t correct_left_ = 0;
  std::size_t judged_ = 0;
  std::size_t failed_ = 0;
  std::set<Suppressed> suppressed_;
  std::vector<ReportItem> items_;  // for reports, if any are asked for
};

}  // namespace

Expected<ExitCode> run_gate(const JudgeScenarios& asked, const Context& context, const Explore& explore) {
  std::vector<const Scenario*> selected;
  for (const std::string& name : asked.scenarios) {
    const auto scenario = find_scenario(context.scenarios, name);
    if (!scenario) return tl::unexpected(scenario.error());
    selected.push_back(*scenario);
  }
  if (asked.scenarios.empty())
    for (const Scenario& scenario : context.scenarios)
      if (!scenario.hard) selected.push_back(&scenario);
  if (selected.empty())
    return tl::unexpected(Error{.code = "scenario-unknown",
                                .what = "nothing selected: this program has no scenarios but hard ones",
                                .hint = "give heddle::main a table of scenarios, or name what to judge",
                                .exit = ExitCode::nothing});
  if (const auto good = check_reports(asked.reports); !good) return tl::unexpected(good.error());
  Gate gate(asked, context, explore);
  const ExitCode code = gate.judge(selected);
  if (const auto written = write_reports(gate.items(), asked.reports, context); !written)
    return tl::unexpected(written.error());
  return code;
}

}  // namespace heddle::cli
