// Random walk: uniform, and a function of seed and execution number alone.
#include <gtest/gtest.h>

#include <array>
#include <heddle/strategies/random.hpp>

namespace heddle {
namespace {

std::vector<std::uint32_t> answers(Strategy& strategy, std::uint64_t execution) {
  strategy.begin(execution);
  std::vector<std::uint32_t> made;
  for (std::uint32_t i = 0; i < 64; ++i) made.push_back(strategy.choose({.ordinal = i, .count = 5}));
  strategy.end();
  return made;
}

TEST(RandomWalk, AnswersEachWayAboutEquallyOften) {
  const auto strategy = make_random(3);
  std::array<int, 4> seen{};
  strategy->begin(0);
  for (int i = 0; i < 40'000; ++i) ++seen[strategy->choose({.count = 4})];
  for (const int count : seen) EXPECT_NEAR(count, 10'000, 500);
}

TEST(RandomWalk, RepeatsAnExecutionFromItsNumberAlone) {
  const auto first = make_random(11);
  const auto second = make_random(11);
  static_cast<void>(answers(*first, 0));
  EXPECT_EQ(answers(*first, 42), answers(*second, 42));
}

TEST(RandomWalk, DiffersBetweenSeedsAndBetweenExecutions) {
  const auto one = make_random(1);
  const auto two = make_random(2);
  EXPECT_NE(answers(*one, 0), answers(*two, 0));
  EXPECT_NE(answers(*one, 0), answers(*one, 1));
}

TEST(RandomWalk, LetsATimerComeEarlyAtOneChoiceIn16AndAnyOfThem) {
  const auto strategy = make_random(3);
  std::array<int, 3> seen{};
  strategy->begin(0);
  for (int i = 0; i < 32'000; ++i) ++seen[strategy->choose({.kind = ChoiceKind::timer, .count = 3})];
  EXPECT_NEAR(seen[1], 1'000, 150);
  EXPECT_NEAR(seen[2], 1'000, 150);
}

TEST(RandomWalk, LetsFaultsStrikeSeldomAndInAnyOfTheirForms) {
  const auto strategy = make_random(3);
  for (const auto& [kind, odds] : {std::pair(ChoiceKind::kill, 64), std::pair(ChoiceKind::short_io, 16)}) {
    std::array<int, 3> seen{};
    strategy->begin(0);
    for (int i = 0; i < odds * 2'000; ++i) ++seen[strategy->choose({.kind = kind, .count = 3})];
    EXPECT_NEAR(seen[1], 1'000, 150) << name_of(kind);
    EXPECT_NEAR(seen[2], 1'000, 150) << name_of(kind);
  }
}

TEST(RandomWalk, NeverEnds) {
  const auto strategy = make_random(1);
  for (std::uint64_t i = 0; i < 100; ++i) {
    EXPECT_TRUE(strategy->begin(i));
    EXPECT_FALSE(strategy->end());
  }
}

}  // namespace
}  // namespace heddle
