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

using Names = std::set<std::string>;

const std::filesystem::path folder = "corpus/scenarios";

// The file of "tutorial/queue-basics" is tutorial/queue_basics, that of "classic/reorder-100", which is one
// of a family, classic/reorder, and that of "misuse/deadlock-1-fixed", which is the twin of one,
// misuse/deadlock. That of "zoo/card-25-1" is zoo/card_25: cards are named by their numbers.
std::string stem_of(std::string_view name) {
  constexpr std::string_view fixed = "-fixed";
  if (name.ends_with(fixed)) name.remove_suffix(fixed.size());
  std::string stem(name);
  std::ranges::replace(stem, '-', '_');
  const std::size_t number = stem.find_last_not_of("0123456789") + 1;
  if (stem.substr(0, number) == "zoo/card_") return stem;
  if (number < stem.size() && stem[number - 1] == '_') stem.resize(number - 1);
  return stem;
}

// Of the folder of a family of scenarios, "tutorial".
Names stems_in(const std::string& family) {
  Names stems;
  for (const auto& entry : std::filesystem::directory_iterator(folder / family)) {
    const std::string stem = entry.path().stem();
    if (entry.path().extension() == ".cpp" && !stem.ends_with("_test")) stems.insert(family + "/" + stem);
  }
  return stems;
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
  Names rows;
  for (const Scenario& scenario : scenarios()) rows.insert(stem_of(scenario.name));
  Names files = stems_in("tutorial");
  files.merge(stems_in("classic"));
  files.merge(stems_in("faults"));
  files.merge(stems_in("proofs"));
  files.merge(stems_in("misuse"));
  files.merge(stems_in("zoo"));
  files.erase("misuse/misuse");  // these two join the others
  files.erase("zoo/zoo");
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
