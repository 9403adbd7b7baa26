// What a user reads of each rule. The first plant of every rule is explored as `heddle run` does and its
// report compared to misuse/golden/<rule>.txt, so that whoever changes a message sees the change; and the
// finding must name the culprit of culprits.hpp, by its fields.
//
// HEDDLE_GOLDEN_WRITE=1 writes the golden files anew, as is needed when a plant's lines move; look at the
// difference before keeping it. Left out of them is what says nothing of the message: how much was explored
// and how long that took, and the token to paste. The folder of the simulated machine's temporary files is
// written $TMPDIR.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <heddle/api/heddle.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/core/rules.hpp>
#include <scenarios/misuse/culprits.hpp>
#include <scenarios/misuse/misuse.hpp>
#include <scenarios/parameter.hpp>

namespace heddle {
namespace {

using Names = std::set<std::string>;

const std::filesystem::path folder = "corpus/scenarios/misuse/golden";

constexpr std::uint64_t executions = 1'000;

// A verdict on a program that cannot be replayed, which is no finding (core/verdict.hpp, Broken).
constexpr std::string_view no_finding = "nondeterministic";

Names rules_observed() {
  Names all;
  for (const Rule& rule : rules())
    if (rule.id != no_finding) all.emplace(rule.id);
  return all;
}

std::string rule_of(const Scenario& scenario) {
  return std::string(scenario.name.substr(std::string_view("misuse/").size(),
                                          scenario.name.size() - std::string_view("misuse/-1").size()));
}

std::vector<Scenario> first_plants() {
  std::vector<Scenario> plants = misuse_scenarios();
  std::erase_if(plants, [](const Scenario& scenario) { return !scenario.name.ends_with("-1"); });
  return plants;
}

Result found_in(const Scenario& scenario) {
  Options options{.budget = {.executions = executions}, .run = run_options_of(scenario)};
  options.run.seed = options.seed;
  return explore(scenario.body, options, std::string(scenario.name));
}

std::string without_folder(std::string text) {
  constexpr std::string_view temporary = "/tmp/";
  for (std::size_t at = text.find(temporary); at != std::string::npos; at = text.find(temporary, at))
    text.replace(at, temporary.size(), "$TMPDIR/");
  return text;
}

// "heddle replay h1-AAAA...", the last line.
std::string without_token(std::string text) {
  text.erase(text.rfind("h1-") + 3);
  return text + "...\n";
}

std::string message_of(Result result, const Scenario& scenario) {
  result.coverage = {};
  result.outcomes.clear();
  const ReportContext context{.scenario = std::string(scenario.name), .replay_command = "heddle replay"};
  return without_folder(without_token(text_report(result, context)));
}

void expect_golden(const std::filesystem::path& path, const std::string& text) {
  if (std::getenv("HEDDLE_GOLDEN_WRITE") != nullptr) std::ofstream(path) << text;
  std::stringstream golden;
  golden << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, golden.str()) << path;
}

std::string parties_in(const Finding& finding) {
  std::string lines;
  for (const Party& party : finding.parties) lines += "\n  " + party.who + ": " + party.operation;
  return lines;
}

void expect_culprit(const misuse::Culprit& culprit, const Finding& finding) {
  EXPECT_EQ(finding.object, culprit.object);
  if (culprit.who.empty()) {
    EXPECT_TRUE(finding.parties.empty()) << parties_in(finding);
    return;
  }
  EXPECT_TRUE(std::ranges::any_of(finding.parties,
                                  [&](const Party& party) {
                                    return party.who == culprit.who &&
                                           without_folder(party.operation) == culprit.operation;
                                  }))
      << culprit.who << ": " << culprit.operation << parties_in(finding);
}

class Messages : public testing::TestWithParam<Scenario> {};

TEST_P(Messages, TellOfTheCulpritInTheWordsOfTheGoldenFile) {
  const std::string rule = rule_of(GetParam());
  const Result result = found_in(GetParam());
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  ASSERT_NE(failed, nullptr);
  ASSERT_EQ(failed->failures.size(), 1U);
  const Finding& finding = failed->failures.front().finding;
  EXPECT_EQ(finding.rule, rule);
  expect_golden(folder / (rule + ".txt"), message_of(result, GetParam()));
  const auto culprit = std::ranges::find(misuse::culprits, rule, &misuse::Culprit::rule);
  ASSERT_NE(culprit, misuse::culprits.end());
  expect_culprit(*culprit, finding);
}

INSTANTIATE_TEST_SUITE_P(Rules, Messages, testing::ValuesIn(first_plants()), test_name);

TEST(MessageTables, HaveARowForEachRuleThatIsObserved) {
  Names plants, blamed;
  for (const Scenario& scenario : first_plants()) EXPECT_TRUE(plants.insert(rule_of(scenario)).second);
  for (const misuse::Culprit& each : misuse::culprits) EXPECT_TRUE(blamed.emplace(each.rule).second);
  EXPECT_EQ(plants, rules_observed());
  EXPECT_EQ(blamed, rules_observed());
}

TEST(MessageTables, HaveAFileForEachRuleAndNoOther) {
  Names files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.insert(entry.path().stem());
  EXPECT_EQ(files, rules_observed());
}

}  // namespace
}  // namespace heddle
