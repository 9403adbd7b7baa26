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
    EXPECT_EQ(strategy(row.name), &row);
    const auto made = row.make(1);
    EXPECT_TRUE(made->begin(0));
  }
}

TEST(Strategies, HaveNoRowForAnUnknownName) { EXPECT_EQ(strategy("clairvoyant"), nullptr); }

}  // namespace
}  // namespace heddle
