// Rows are taken from the registries; no name or summary is written here a second time.
#include <algorithm>

#include <heddle/cli/tables.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/reports/registry.hpp>
#include <heddle/reports/text/letters.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/worlds/registry.hpp>

namespace heddle::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows scenario_rows(std::span<const Scenario> scenarios) {
  Rows rows{{"scenario", "expected", "granularity", "what it does"}};
  for (const Scenario& scenario : scenarios)
    rows.push_back({std::string(scenario.name), expected_words(scenario),
                    std::string(name_of(scenario.granularity)), std::string(scenario.summary)});
  return rows;
}

Rows rule_rows() {
  Rows rows{{"rule", "severity", "predicts", "what it says"}};
  for (const Rule& rule : rules())
    rows.push_back({std::string(rule.id), rule.severity == Severity::error ? "error" : "warning",
                    rule.predicts ? "yes" : "no", std::string(rule.summary)});
  for (const UnobservedRule& rule : unobserved_rules())
    rows.push_back({std::string(rule.id), "-", "-", "not observed: " + std::string(rule.why)});
  return rows;
}

template <class Registry>
Rows registry_rows(const char* heading, const Registry& registry) {
  Rows rows{{heading, "what it is"}};
  for (const auto& row : registry) rows.push_back({std::string(row.name), std::string(row.summary)});
  return rows;
}

}  // namespace

std::string aligned(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], text::width_of(row[column]));
  }
  std::string table;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column)
      line += text::padded(row[column], widths[column]) + "  ";
    line.erase(line.find_last_not_of(' ') + 1);
    table += line + "\n";
  }
  return table;
}

std::string expected_words(const Scenario& scenario) {
  std::string words;
  for (const ExpectedFinding& expected : scenario.expected) {
    if (!words.empty()) words += ", ";
    words += expected.rule;
    if (expected.with_harm) words += " with harm";
  }
  return words.empty() ? "nothing" : words;
}

std::string render_table(Table table, std::span<const Scenario> scenarios) {
  switch (table) {
    case Table::scenarios:
      return aligned(scenario_rows(scenarios));
    case Table::rules:
      return aligned(rule_rows());
    case Table::strategies:
      return aligned(registry_rows("strategy", strategies()));
    case Table::worlds:
      return aligned(registry_rows("world", worlds()));
    case Table::reports:
      return aligned(registry_rows("report", reports()));
  }
  return "";
}

}  // namespace heddle::cli
