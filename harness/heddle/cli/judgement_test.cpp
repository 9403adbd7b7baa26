// A scenario's declaration is exact: fewer findings fail it, and so do more.
#include <gtest/gtest.h>

#include <heddle/cli/judgement.hpp>

namespace heddle::cli {
namespace {

Scenario scenario(std::vector<ExpectedFinding> expected, std::vector<std::string_view> outcomes = {}) {
  Scenario made;
  made.expected = std::move(expected);
  made.outcomes = std::move(outcomes);
  return made;
}

Result found(const std::vector<std::pair<std::string, Harm>>& rules) {
  Failed failed;
  for (const auto& [rule, harm] : rules) {
    Failure failure;
    failure.finding.rule = rule;
    failure.finding.harm = harm;
    failed.failures.push_back(failure);
  }
  Result result;
  if (!rules.empty()) result.verdict = failed;
  return result;
}

const Scenario correct = scenario({});
const Scenario plant = scenario({{.rule = "deadlock"}});
const Scenario harmful = scenario({{.rule = "pipe-multi-reader", .with_harm = true}});

TEST(Judgement, AcceptsACorrectProgramWithoutFindings) {
  EXPECT_TRUE(mismatches(correct, found({})).empty());
}

TEST(Judgement, RejectsACorrectProgramWithAFinding) {
  EXPECT_EQ(mismatches(correct, found({{"deadlock", Harm::seen}})).size(), 1u);
}

TEST(Judgement, LetsWarningsBeWhereOnlyErrorsCount) {
  Result warned = found({{"sleep-as-synchronisation", Harm::predicted}});
  std::get<Failed>(warned.verdict).failures.front().finding.severity = Severity::warning;
  EXPECT_EQ(mismatches(correct, warned).size(), 1u);
  EXPECT_TRUE(mismatches(correct, warned, Severity::error).empty());
  EXPECT_EQ(mismatches(plant, warned, Severity::error).size(), 1u);
  EXPECT_EQ(mismatches(correct, found({{"deadlock", Harm::seen}}), Severity::error).size(), 1u);
}

TEST(Judgement, AcceptsAPlantThatIsFound) {
  EXPECT_TRUE(mismatches(plant, found({{"deadlock", Harm::seen}})).empty());
  EXPECT_TRUE(mismatches(plant, found({{"deadlock", Harm::seen}, {"deadlock", Harm::seen}})).empty());
}

TEST(Judgement, RejectsAPlantThatIsNotFound) { EXPECT_EQ(mismatches(plant, found({})).size(), 1u); }

TEST(Judgement, RejectsAnotherFindingInItsPlace) {
  EXPECT_EQ(mismatches(plant, found({{"crash", Harm::seen}})).size(), 2u);
}

TEST(Judgement, RejectsAFindingTooMany) {
  EXPECT_EQ(mismatches(plant, found({{"deadlock", Harm::seen}, {"crash", Harm::seen}})).size(), 1u);
}

TEST(Judgement, AsksForHarmWhereItIsDeclared) {
  EXPECT_TRUE(mismatches(harmful, found({{"pipe-multi-reader", Harm::seen}})).empty());
  EXPECT_EQ(mismatches(harmful, found({{"pipe-multi-reader", Harm::predicted}})).size(), 1u);
  EXPECT_EQ(mismatches(harmful, found({})).size(), 1u);
}

TEST(Judgement, RejectsWhatIsNoVerdictOnTheProgram) {
  Result result;
  result.verdict = GaveUp{"too long"};
  EXPECT_EQ(mismatches(correct, result).size(), 1u);
  result.verdict = Broken{.why = "nondeterministic", .step = 3};
  EXPECT_EQ(mismatches(plant, result).size(), 1u);
}

TEST(Judgement, ComparesOutcomesOnlyWhereTheyAreDeclared) {
  Result result = found({});
  result.outcomes = {"1", "2"};
  EXPECT_TRUE(mismatches(correct, result).empty());
  EXPECT_TRUE(mismatches(scenario({}, {"2", "1"}), result).empty());
  EXPECT_EQ(mismatches(scenario({}, {"1"}), result).size(), 1u);
  EXPECT_EQ(mismatches(scenario({}, {"1", "2", "3"}), result).size(), 1u);
}

TEST(Judgement, KnowsWhenAllIsFound) {
  EXPECT_TRUE(has_all_expected(correct, found({})));
  EXPECT_FALSE(has_all_expected(harmful, found({{"pipe-multi-reader", Harm::predicted}})));
  EXPECT_TRUE(has_all_expected(plant, found({{"crash", Harm::seen}, {"deadlock", Harm::seen}})));
}

TEST(Judgement, SaysWhatWasFound) {
  EXPECT_EQ(found_words(found({})), "nothing");
  EXPECT_EQ(found_words(found({{"pipe-multi-reader", Harm::predicted}, {"deadlock", Harm::seen}})),
            "pipe-multi-reader predicted, deadlock");
}

}  // namespace
}  // namespace heddle::cli
