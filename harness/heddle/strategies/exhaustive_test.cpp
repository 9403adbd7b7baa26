// Depth-first enumeration of a tree of choices, each leaf once.
#include <gtest/gtest.h>

#include <heddle/strategies/exhaustive.hpp>
#include <heddle/trial/toy_program.hpp>
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

std::size_t orders_within(std::uint32_t preemptions, std::size_t tasks, std::size_t steps) {
  const auto strategy = make_preemptions(0, preemptions);
  ToyProgram program = contenders(tasks, steps);
  std::set<std::vector<TaskIndex>> orders;
  for (std::uint64_t i = 0;; ++i) {
    const auto order = program.run(*strategy, i);
    if (order.empty()) return orders.size();
    EXPECT_TRUE(orders.insert(order).second);
  }
}

// Of two tasks with five steps each; 252 are all there are.
TEST(Preemptions, AreCountedAsTheClosedFormHasIt) {
  const std::vector<std::size_t> wanted{2, 10, 42, 90, 162, 210, 242, 250, 252};
  for (std::uint32_t most = 0; most < wanted.size(); ++most)
    EXPECT_EQ(orders_within(most, 2, 5), wanted[most]);
}

TEST(Deepening, SeesAllAndKnowsIt) {
  const auto strategy = make_deepening(0);
  ToyProgram program = contenders(2, 5);
  std::set<std::vector<TaskIndex>> orders;
  std::size_t seen_within_one = 0;
  for (std::uint64_t i = 0; !program.all_seen; ++i) {
    ASSERT_LT(i, 10'000U);
    orders.insert(program.run(*strategy, i));
    if (i + 1 == 2 + 10) seen_within_one = orders.size();
  }
  EXPECT_EQ(seen_within_one, 10U);
  EXPECT_EQ(orders.size(), 252U);
}

}  // namespace
}  // namespace heddle
