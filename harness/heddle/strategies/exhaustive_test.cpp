// Depth-first enumeration of a tree of choices, each leaf once.
#include <gtest/gtest.h>

#include <heddle/strategies/exhaustive.hpp>
#include <set>
#include <vector>

namespace heddle {
namespace {

// A tree: the first answer decides how many choices follow.
std::vector<std::uint32_t> leaf(Strategy& strategy) {
  std::vector<std::uint32_t> path{strategy.choose({.count = 3})};
  for (std::uint32_t i = 0; i < path[0]; ++i) path.push_back(strategy.choose({.count = 2}));
  return path;
}

TEST(Exhaustive, VisitsEveryLeafOnceTheDefaultFirst) {
  const auto strategy = make_exhaustive(0);
  std::vector<std::vector<std::uint32_t>> seen;
  bool all_seen = false;
  for (std::uint64_t i = 0; strategy->begin(i); ++i) {
    seen.push_back(leaf(*strategy));
    all_seen = strategy->end();
  }
  EXPECT_TRUE(all_seen);
  EXPECT_EQ(seen.front(), std::vector<std::uint32_t>{0});
  EXPECT_EQ(seen.size(), 7U);  // 1 + 2 + 4
  EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), 7U);
}

TEST(Exhaustive, StopsWithoutAClaimWhenTheProgramChangesUnderIt) {
  const auto strategy = make_exhaustive(0);
  strategy->begin(0);
  strategy->choose({.count = 2});
  strategy->choose({.count = 2});
  EXPECT_FALSE(strategy->end());
  strategy->begin(1);
  strategy->choose({.count = 3});  // was 2
  EXPECT_FALSE(strategy->end());
  EXPECT_FALSE(strategy->begin(2));
}

}  // namespace
}  // namespace heddle
