// The table of strategies.
#include <gtest/gtest.h>

#include <heddle/strategies/registry.hpp>
#include <set>

namespace heddle {
namespace {

TEST(Strategies, HaveUniqueNamesAndCanBeMade) {
  std::set<std::string_view> names;
  for (const StrategyRow& row : strategies()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    ASSERT_TRUE(strategy(row.name));
    EXPECT_EQ(strategy(row.name)->maker, row.maker);
    const auto made = row.make(1);
    EXPECT_TRUE(made->begin(0));
  }
}

TEST(Strategies, HaveNoRowForAnUnknownName) { EXPECT_FALSE(strategy("clairvoyant")); }

TEST(Strategies, TakeANumberWhereOneMeansSomething) {
  EXPECT_EQ(strategy("pct")->number, 3U);
  EXPECT_EQ(strategy("pct:10")->number, 10U);
  for (const char* name : {"pct:", "pct:x", "pct:-1", "pct:1001", "pct:3 ", "random:3", "pct:3:3"})
    EXPECT_FALSE(strategy(name)) << name;
}

TEST(Strategies, AreFairBehindThatWord) {
  EXPECT_EQ(strategy("fair:pct:5")->number, 5U);
  EXPECT_EQ(strategy("fair:pct:5")->maker, strategy("pct")->maker);
  EXPECT_TRUE(strategy("fair:pct")->is_fair);
  EXPECT_TRUE(strategy("fair")->is_fair);
  EXPECT_FALSE(strategy("pct")->is_fair);
  for (const char* name : {"fair:", "fair:fair", "fair:fair:pct", "fair:3", "fair:dpor", "fair:clairvoyant"})
    EXPECT_FALSE(strategy(name)) << name;
}

TEST(Strategies, PromiseSomethingIfTheyArePctAlone) {
  EXPECT_EQ(strategy("pct:5")->promised_depth(), 5U);
  EXPECT_EQ(strategy("pct:0")->promised_depth(), 1U);
  for (const char* name : {"random", "fair:pct", "portfolio"})
    EXPECT_EQ(strategy(name)->promised_depth(), 0U) << name;
}

TEST(Strategies, SaySoWhenTheirExecutionsAreDraws) {
  for (const char* name : {"portfolio", "random", "pct", "pos", "surw", "urw", "fair", "fair:surw"})
    EXPECT_TRUE(strategy(name)->is_by_chance) << name;
  for (const char* name :
       {"round-robin", "exhaustive", "dpor", "preemptions", "deepening", "fair:exhaustive"})
    EXPECT_FALSE(strategy(name)->is_by_chance) << name;
}

}  // namespace
}  // namespace heddle
