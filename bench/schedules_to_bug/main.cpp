// Schedules to bug: for each classic scenario and each strategy, how many executions until the bug shows,
// over some seeds, up to a cap. Prints a row as soon as it is known, and all of them again as lines for a
// machine to read; or one table in Markdown with a column for each strategy, which is what
// docs/performance.md has.
//
// Exit status: 0; 1 with --require-found if a seed did not come to a bug; 4 for a word that is not
// understood.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <bench/schedules_to_bug/summary.hpp>
#include <heddle/core/error.hpp>
#include <scenarios/registry.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::schedules_to_bug {
namespace {

constexpr std::string_view family = "classic/";

struct Asked {
  std::vector<std::string> scenarios;   // empty: all of the family
  std::vector<std::string> strategies;  // empty: all of the registry
  Limits limits;
  bool markdown = false;
  bool require_found = false;
};

/// What is asked for, looked up.
struct Plan {
  std::vector<const Scenario*> scenarios;
  std::vector<const StrategyRow*> strategies;
};

template <class Row>
void pick(const std::vector<std::string>& names, std::span<const Row> rows, std::string_view prefix,
          std::vector<const Row*>& into) {
  for (const Row& row : rows)
    if (names.empty() && row.name.starts_with(prefix)) into.push_back(&row);
  for (const std::string& name : names) {
    const auto found = std::ranges::find(rows, name, &Row::name);
    if (found == rows.end()) throw CLI::ValidationError(name, "there is no scenario or strategy of the name");
    into.push_back(&*found);
  }
}

double rate(double count, double seconds) { return seconds > 0 ? count / seconds : 0; }

struct Row {
  const Scenario* scenario;
  const StrategyRow* strategy;
  Searches searches;

  double points() const {
    return static_cast<double>(searches.points) / static_cast<double>(searches.executions);
  }
  double executions_per_second() const {
    return rate(static_cast<double>(searches.executions), searches.seconds);
  }
  double points_per_second() const { return rate(static_cast<double>(searches.points), searches.seconds); }
};

std::string words_of(const std::optional<double>& median) {
  return median ? fmt::format("{:g}", *median) : std::string("-");
}

void print_heading() {
  fmt::print("{:<28}  {:<12}  {:>7}  {:>28}  {:>7}  {:>10}  {:>10}\n", "scenario", "strategy", "found",
             "median (mean±sd)", "points", "runs/s", "points/s");
}

void print_row(const Row& row) {
  fmt::print("{:<28}  {:<12}  {:>7}  {:>28}  {:>7.1f}  {:>10.0f}  {:>10.0f}\n", row.scenario->name,
             row.strategy->name, fmt::format("{}/{}", row.searches.found.size(), row.searches.seeds),
             cell_of(row.searches), row.points(), row.executions_per_second(), row.points_per_second());
  std::fflush(stdout);
}

void print_lines(const std::vector<Row>& rows) {
  fmt::print(
      "\nscenario,strategy,granularity,seeds,cap,found,median,mean,sd,given_up,executions,points,seconds\n");
  for (const Row& row : rows) {
    const Searches& searches = row.searches;
    const Summary summary = summary_of(searches);
    fmt::print("{},{},{},{},{},{},{},{:.1f},{:.1f},{},{},{},{:.3f}\n", row.scenario->name, row.strategy->name,
               name_of(row.scenario->granularity), searches.seeds, searches.cap, searches.found.size(),
               words_of(summary.median), summary.mean, summary.deviation, searches.given_up,
               searches.executions, searches.points, searches.seconds);
  }
}

void print_markdown_heading(const Plan& plan) {
  std::string heading = "| scenario | points |";
  std::string line = "|---|---|";
  for (const StrategyRow* strategy : plan.strategies) {
    heading += fmt::format(" `{}` |", strategy->name);
    line += "---|";
  }
  fmt::print("{}\n{}\n", heading, line);
}

/// One scenario's rows, a column each.
void print_markdown(std::span<const Row> rows) {
  std::string line = fmt::format("| `{}` | {:.0f} |", rows.front().scenario->name, rows.front().points());
  for (const Row& row : rows) line += fmt::format(" {} |", cell_of(row.searches));
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

std::vector<Row> measure(const Plan& plan, const Asked& asked) {
  std::vector<Row> rows;
  if (asked.markdown)
    print_markdown_heading(plan);
  else
    print_heading();
  for (const Scenario* scenario : plan.scenarios) {
    for (const StrategyRow* strategy : plan.strategies) {
      rows.push_back({scenario, strategy, search(*scenario, *strategy, asked.limits)});
      if (!asked.markdown) print_row(rows.back());
    }
    if (asked.markdown) print_markdown(std::span(rows).last(plan.strategies.size()));
  }
  if (!asked.markdown) print_lines(rows);
  return rows;
}

ExitCode run(const Asked& asked) {
  Plan plan;
  pick(asked.scenarios, scenarios(), family, plan.scenarios);
  pick(asked.strategies, strategies(), "", plan.strategies);
  const std::vector<Row> rows = measure(plan, asked);
  const bool all_found = std::ranges::all_of(
      rows, [](const Row& row) { return row.searches.found.size() == row.searches.seeds; });
  return asked.require_found && !all_found ? ExitCode::findings : ExitCode::clean;
}

}  // namespace
}  // namespace heddle::schedules_to_bug

int main(int argc, char** argv) {
  using namespace heddle::schedules_to_bug;
  CLI::App app("executions to the bug, for each classic scenario and each strategy");
  Asked asked;
  app.add_option("--scenarios", asked.scenarios, "only these")->delimiter(',');
  app.add_option("--strategies", asked.strategies, "only these")->delimiter(',');
  app.add_option("--seeds", asked.limits.seeds, "how many seeds, from 1 on")->check(CLI::PositiveNumber);
  app.add_option("--cap", asked.limits.cap, "executions for each seed at most")->check(CLI::PositiveNumber);
  app.add_flag("--markdown", asked.markdown, "one table, a column for each strategy");
  app.add_flag("--require-found", asked.require_found, "fail unless every seed comes to every bug");
  try {
    app.parse(argc, argv);
    return static_cast<int>(run(asked));
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return static_cast<int>(heddle::ExitCode::usage);
  }
}
