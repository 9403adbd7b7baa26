// See the header. Findings are compared by rule: two findings of one expected rule are as declared.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include <heddle/cli/judgement.hpp>
#include <heddle/core/rules.hpp>

namespace heddle::cli {
namespace {

const std::vector<Failure>& failures_of(const Result& result) {
  static const std::vector<Failure> none_at_all;
  const Failed* failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr ? none_at_all : failed->failures;
}

bool is_expected(const Scenario& scenario, const Failure& failure) {
  return std::ranges::any_of(scenario.expected, [&](const ExpectedFinding& expected) {
    return expected.rule == failure.finding.rule;
  });
}

bool is_found(const ExpectedFinding& expected, const Result& result) {
  return std::ranges::any_of(failures_of(result), [&](const Failure& failure) {
    return failure.finding.rule == expected.rule &&
           (!expected.with_harm || failure.finding.harm == Harm::seen);
  });
}

bool is_found_without_harm(const ExpectedFinding& expected, const Result& result) {
  return !is_found(expected, result) && is_found({.rule = expected.rule, .with_harm = false}, result);
}

/// Warnings are let be where nothing less than an error counts.
bool counts(const Failure& failure, Severity least) {
  return least == Severity::warning || failure.finding.severity == Severity::error;
}

void compare_findings(const Scenario& scenario, const Result& result, Severity least,
                      std::vector<std::string>& wrong) {
  for (const ExpectedFinding& expected : scenario.expected) {
    if (is_found_without_harm(expected, result))
      wrong.push_back(fmt::format("{} was predicted, but its harm was not seen", expected.rule));
    else if (!is_found(expected, result))
      wrong.push_back(fmt::format("{} was not found", expected.rule));
  }
  std::set<std::string> unexpected;
  for (const Failure& failure : failures_of(result))
    if (!is_expected(scenario, failure) && counts(failure, least)) unexpected.insert(failure.finding.rule);
  for (const std::string& rule : unexpected)
    wrong.push_back(fmt::format("{} was found and not expected", rule));
}

void compare_outcomes(const Scenario& scenario, const Result& result, std::vector<std::string>& wrong) {
  if (scenario.outcomes.empty()) return;
  const std::set<std::string> declared(scenario.outcomes.begin(), scenario.outcomes.end());
  for (const std::string& outcome : declared)
    if (!result.outcomes.contains(outcome))
      wrong.push_back(fmt::format("outcome '{}' was not seen", outcome));
  for (const std::string& outcome : result.outcomes)
    if (!declared.contains(outcome))
      wrong.push_back(fmt::format("outcome '{}' was seen and not declared", outcome));
}

}  // namespace

std::vector<std::string> mismatches(const Scenario& scenario, const Result& result, Severity least) {
  std::vector<std::string> wrong;
  if (const GaveUp* gave_up = std::get_if<GaveUp>(&result.verdict))
    wrong.push_back("gave up: " + gave_up->why);
  if (const Broken* broken = std::get_if<Broken>(&result.verdict)) wrong.push_back("broken: " + broken->why);
  if (!wrong.empty()) return wrong;
  compare_findings(scenario, result, least, wrong);
  compare_outcomes(scenario, result, wrong);
  return wrong;
}

Declared declared_of(const Scenario& scenario, std::vector<std::string> wrong) {
  Declared declared{.rules = {}, .wrong = std::move(wrong)};
  for (const ExpectedFinding& expected : scenario.expected) declared.rules.emplace_back(expected.rule);
  return declared;
}

bool has_all_expected(const Scenario& scenario, const Result& result) {
  return std::ranges::all_of(scenario.expected,
                             [&](const ExpectedFinding& expected) { return is_found(expected, result); });
}

bool has_all_outcomes(const Scenario& scenario, const Result& result) {
  return std::ranges::all_of(scenario.outcomes, [&](std::string_view outcome) {
    return result.outcomes.contains(std::string(outcome));
  });
}

bool has_only_expected(const Scenario& scenario, const Result& result, Severity least) {
  return std::ranges::all_of(failures_of(result), [&](const Failure& failure) {
    return is_expected(scenario, failure) || !counts(failure, least);
  });
}

std::string found_words(const Result& result) {
  if (std::holds_alternative<GaveUp>(result.verdict)) return "gave up";
  if (std::holds_alternative<Broken>(result.verdict)) return "broken";
  std::string words;
  for (const Failure& failure : failures_of(result)) {
    if (!words.empty()) words += ", ";
    words += failure.finding.rule;
    const Rule* known = rule(failure.finding.rule);
    if (known != nullptr && known->predicts)
      words += failure.finding.harm == Harm::seen ? " with harm" : " predicted";
  }
  return words.empty() ? "nothing" : words;
}

}  // namespace heddle::cli
