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

}  // namespace
}  // namespace heddle
