// Tables line up, and each has a row for everything there is.
#include <gtest/gtest.h>

#include <algorithm>

#include <heddle/cli/tables.hpp>
#include <heddle/core/rules.hpp>

namespace heddle::cli {
namespace {

TEST(Tables, LineUp) {
  EXPECT_EQ(aligned({{"a", "b"}, {"long", "x"}, {"…", "y"}}), "a     b\nlong  x\n…     y\n");
  EXPECT_EQ(aligned({}), "");
}

TEST(Tables, SayWhatIsExpected) {
  Scenario scenario;
  EXPECT_EQ(expected_words(scenario), "nothing");
  scenario.expected = {{.rule = "crash"}, {.rule = "pipe-multi-reader", .with_harm = true}};
  EXPECT_EQ(expected_words(scenario), "crash, pipe-multi-reader with harm");
}

TEST(Tables, HaveARowForEveryRule) {
  const std::string table = render_table(Table::rules, {});
  EXPECT_EQ(std::ranges::count(table, '\n'),
            static_cast<std::ptrdiff_t>(1 + rules().size() + unobserved_rules().size()));
}

TEST(Tables, SayWhichRulesNothingReports) {
  const std::string table = render_table(Table::rules, {});
  ASSERT_FALSE(unobserved_rules().empty());
  for (const UnobservedRule& each : unobserved_rules()) {
    EXPECT_EQ(rule(each.id), nullptr) << each.id;
    EXPECT_NE(table.find("not observed: " + std::string(each.why)), std::string::npos) << each.id;
  }
}

TEST(Tables, AreThereForEverything) {
  for (const Table table : {Table::scenarios, Table::strategies, Table::worlds, Table::reports})
    EXPECT_FALSE(render_table(table, {}).empty());
}

}  // namespace
}  // namespace heddle::cli
