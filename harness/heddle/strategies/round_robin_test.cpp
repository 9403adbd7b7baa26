// Round robin: the n-th execution switches at every n-th choice, and knows when it is of no more use.
#include <gtest/gtest.h>

#include <heddle/strategies/round_robin.hpp>
#include <vector>

namespace heddle {
namespace {

std::vector<std::uint32_t> answers(Strategy& strategy, int choices) {
  std::vector<std::uint32_t> made;
  for (int i = 0; i < choices; ++i) made.push_back(strategy.choose({.count = 3}));
  strategy.end();
  return made;
}

TEST(RoundRobin, SwitchesEverSeldomer) {
  const auto strategy = make_round_robin(0);
  ASSERT_TRUE(strategy->begin(0));
  EXPECT_EQ(answers(*strategy, 4), (std::vector<std::uint32_t>{1, 1, 1, 1}));
  ASSERT_TRUE(strategy->begin(1));
  EXPECT_EQ(answers(*strategy, 4), (std::vector<std::uint32_t>{0, 1, 0, 1}));
}

TEST(RoundRobin, EndsWhenItsPeriodExceedsTheProgram) {
  const auto strategy = make_round_robin(0);
  std::uint64_t executions = 0;
  while (strategy->begin(executions)) {
    answers(*strategy, 4);
    ++executions;
  }
  EXPECT_EQ(executions, 5U);  // periods 1 to 4 switch, 5 is the first that does not
}

TEST(RoundRobin, LeavesOtherChoicesAtTheirDefault) {
  const auto strategy = make_round_robin(0);
  strategy->begin(0);
  EXPECT_EQ(strategy->choose({.kind = ChoiceKind::data, .count = 3}), 0U);
  EXPECT_EQ(strategy->choose({.kind = ChoiceKind::timer, .count = 3}), 0U);
}

}  // namespace
}  // namespace heddle
