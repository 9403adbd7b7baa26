// The table of scenarios against what it stands for: the files, the rules, the page that lists it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <heddle/core/rules.hpp>
#include <iterator>
#include <scenarios/registry.hpp>
#include <set>
#include <string>

namespace heddle {
namespace {

const std::filesystem::path folder = "corpus/scenarios/tutorial";

// The file of "tutorial/queue-basics" is queue_basics.cpp.
std::string stem_of(std::string_view name) {
  std::string stem(name.substr(name.find('/') + 1));
  std::ranges::replace(stem, '-', '_');
  return stem;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ScenarioRegistry, NamesEachScenarioOnce) {
  std::set<std::string_view> names;
  for (const Scenario& scenario : scenarios())
    EXPECT_TRUE(names.insert(scenario.name).second) << scenario.name;
}

TEST(ScenarioRegistry, HasARowForEachFileAndAFileForEachRow) {
  std::set<std::string> rows;
  for (const Scenario& scenario : scenarios()) {
    EXPECT_TRUE(scenario.name.starts_with("tutorial/")) << scenario.name;
    rows.insert(stem_of(scenario.name));
  }
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string stem = entry.path().stem();
    if (entry.path().extension() == ".cpp" && !stem.ends_with("_test")) files.insert(stem);
  }
  EXPECT_EQ(rows, files);
}

TEST(ScenarioRegistry, ExpectsOnlyRulesThatExist) {
  for (const Scenario& scenario : scenarios()) {
    for (const ExpectedFinding& expected : scenario.expected) {
      const Rule* const known = rule(expected.rule);
      ASSERT_NE(known, nullptr) << scenario.name << " expects " << expected.rule;
      EXPECT_TRUE(known->predicts || !expected.with_harm) << scenario.name << ": harm is always seen";
    }
  }
}

TEST(ScenarioRegistry, HasABodyAndASummaryInEachRow) {
  for (const Scenario& scenario : scenarios()) {
    EXPECT_NE(scenario.body, nullptr) << scenario.name;
    EXPECT_FALSE(scenario.summary.empty()) << scenario.name;
  }
}

TEST(ScenarioRegistry, IsListedInTheReferenceInTheSameWords) {
  const std::string page = text_of("docs/reference/scenarios.md");
  for (const Scenario& scenario : scenarios()) {
    const std::string row =
        "| `" + std::string(scenario.name) + "` | " + std::string(scenario.summary) + " |";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace heddle
