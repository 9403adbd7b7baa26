// See the header.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include <heddle/api/text_report.hpp>
#include <heddle/cli/gate.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/cli/known.hpp>
#include <heddle/cli/suppressed.hpp>
#include <heddle/cli/tables.hpp>
#include <heddle/reports/text/letters.hpp>
#include <heddle/results/whole_file.hpp>

namespace heddle::cli {
namespace {

class Gate {
 public:
  Gate(const JudgeScenarios& asked, const Context& context, const Explore& explore,
       const results::Baseline& known, const std::vector<const Scenario*>& scenarios)
      : asked_(asked),
        context_(context),
        known_(known),
        scenarios_(scenarios),
        search_(asked, context, explore, known, scenarios),
        started_(context.seconds()) {}

  ExitCode judge() {
    for (const Scenario* scenario : scenarios_) {
      name_width_ = std::max(name_width_, text::width_of(scenario->name));
      expected_width_ = std::max(expected_width_, text::width_of(expected_words(*scenario)));
    }
    write_row("scenario", "expected", "found", "executions", "distinct", "time", "verdict");
    for (const Scenario* scenario : scenarios_)
      if (!context_.is_interrupted()) judge_one(*scenario);
    return conclude();
  }

  const std::vector<ReportItem>& items() const { return items_; }
  /// Of the scenarios that were judged, what is known from now on; of the others, what was.
  const results::Baseline& fixed() const { return fixed_; }

 private:
  void judge_one(const Scenario& scenario) {
    const double began = context_.seconds();
    ReportItem item{.scenario = std::string(scenario.name),
                    .replay_command = replaying_with(undeclared(asked_.suppressions, scenario), context_),
                    .result = search_.search(scenario)};
    suppressed_.insert(item.result.suppressed.begin(), item.result.suppressed.end());
    tell(scenario, std::move(item), context_.seconds() - began);
  }

  void tell(const Scenario& scenario, ReportItem item, double seconds) {
    const Result& result = item.result;
    Compared with_known = compared(item, known_, context_.root);
    std::vector<std::string> wrong = mismatches(scenario, with_known.rest, least_of(asked_.fail_on));
    const bool is_cut_short = result.interrupted && has_only_expected(scenario, with_known.rest) &&
                              (scenario.expected.empty() || !wrong.empty());
    if (asked_.fixes_baseline && !is_cut_short)
      wrong = fix(scenario, with_known);
    else if (!is_cut_short)
      add_absent(with_known, wrong);
    const std::string verdict = is_cut_short ? "interrupted" : wrong.empty() ? "ok" : "FAILED";
    context_.status.clear();
    write_row(scenario.name, expected_words(scenario), found_words(result),
              text::grouped(result.coverage.executions), text::grouped(result.coverage.interleavings),
              fmt::format("{:.2f} s", seconds), verdict);
    for (const std::string& sum : sums_of(result.suppressed))
      context_.output.write(fmt::format("  suppressed: {}\n", sum));
    for (const results::KnownFinding& each : with_known.unchanged)
      context_.output.write(fmt::format("  known: {} ({})\n", words_of(each), asked_.baseline));
    if (!is_cut_short) {
      ++judged_;
      if (!wrong.empty()) tell_wrong(wrong, with_known.rest, item);
    }
    item.declared = declared_of(scenario, is_cut_short ? std::vector<std::string>{} : std::move(wrong));
    item.result = std::move(with_known.rest);
    if (context_.lines != nullptr) tell_lines(item, with_known.unchanged);
    if (!is_cut_short && !asked_.reports.empty()) items_.push_back(std::move(item));
  }

  void tell_lines(const ReportItem& item, const std::vector<results::KnownFinding>& known) {
    context_.lines->test(item);
    for (const results::KnownFinding& each : known)
      context_.lines->note(
          fmt::format("{}: {} is known by {}", item.scenario, words_of(each), asked_.baseline));
  }

  /// What is found is known from now on, and nothing else is; what is wrong in another way stays so.
  std::vector<std::string> fix(const Scenario& scenario, Compared& with_known) {
    std::erase_if(fixed_, [&](const results::KnownFinding& each) { return each.scenario == scenario.name; });
    fixed_.insert(with_known.unchanged.begin(), with_known.unchanged.end());
    const ReportItem rest{.scenario = std::string(scenario.name),
                          .result = with_known.rest,
                          .declared = declared_of(scenario, {})};
    const results::Baseline fresh = alarms_in(rest, context_.root);
    fixed_.insert(fresh.begin(), fresh.end());
    with_known = compared(rest, fresh, context_.root);
    return mismatches(scenario, with_known.rest, least_of(asked_.fail_on));
  }

  void add_absent(const Compared& with_known, std::vector<std::string>& wrong) const {
    for (const results::KnownFinding& each : with_known.absent)
      wrong.push_back(fmt::format("{} is known by {} and was not found", words_of(each), asked_.baseline));
  }

  void tell_wrong(const std::vector<std::string>& wrong, const Result& result, const ReportItem& item) {
    ++failed_;
    for (const std::string& sentence : wrong) context_.output.write(fmt::format("  FAILED: {}\n", sentence));
    context_.output.write("\n" +
                          text_report(result, {.scenario = item.scenario,
                                               .replay_command = item.replay_command,
                                               .width = context_.terminal.width,
                                               .colour = context_.terminal.colour}) +
                          "\n");
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

  ExitCode conclude() const {
    const bool is_cut_short = judged_ < scenarios_.size();
    tell_idle(asked_.suppressions, suppressed_, context_);
    context_.output.write(fmt::format(
        "gate: {}, {} ok, {} FAILED{}, {:.1f} s\n", text::counted(scenarios_.size(), "scenario"),
        judged_ - failed_, failed_,
        is_cut_short ? fmt::format(", {} not judged (interrupted)", scenarios_.size() - judged_) : "",
        context_.seconds() - started_));
    if (failed_ > 0) return ExitCode::findings;
    return is_cut_short ? ExitCode::inconclusive : ExitCode::clean;
  }

  const JudgeScenarios& asked_;
  const Context& context_;
  const results::Baseline& known_;
  const std::vector<const Scenario*>& scenarios_;
  GateSearch search_;
  const double started_;
  std::size_t name_width_ = std::string_view("scenario").size();
  std::size_t expected_width_ = std::string_view("expected").size();
  std::size_t judged_ = 0;
  std::size_t failed_ = 0;
  std::set<Suppressed> suppressed_;
  std::vector<ReportItem> items_;  // for reports, if any are asked for
  results::Baseline fixed_ = known_;
};

Expected<results::Baseline> baseline_of(const JudgeScenarios& asked) {
  if (asked.baseline.empty()) return results::Baseline{};
  if (asked.fixes_baseline)
    if (const auto good = results::check_writable(asked.baseline); !good) return tl::unexpected(good.error());
  return load_baseline(asked.baseline, asked.fixes_baseline);
}

}  // namespace

Expected<ExitCode> run_gate(const JudgeScenarios& asked, const Context& context, const Explore& explore,
                            std::vector<ReportItem> regressions) {
  const auto scenarios = selected(asked, context);
  if (!scenarios) return tl::unexpected(scenarios.error());
  if (const auto good = check_reports(asked.reports); !good) return tl::unexpected(good.error());
  const auto known = baseline_of(asked);
  if (!known) return tl::unexpected(known.error());
  Gate gate(asked, context, explore, *known, *scenarios);
  const ExitCode code = gate.judge();
  std::vector<ReportItem> items = std::move(regressions);
  items.insert(items.end(), gate.items().begin(), gate.items().end());
  const auto reported = write_reports(items, asked.reports, context);
  if (asked.fixes_baseline)
    if (const auto written = results::write_whole(asked.baseline, results::text_of(gate.fixed())); !written)
      return tl::unexpected(written.error());
  if (!reported) return tl::unexpected(reported.error());
  return code;
}

}  // namespace heddle::cli
