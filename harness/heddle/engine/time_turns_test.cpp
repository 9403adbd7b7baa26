// Which execution is whose.
#include <heddle/engine/time_turns.hpp>

#include <gtest/gtest.h>

#include <vector>

#include <heddle/strategies/registry.hpp>

namespace heddle {
namespace {

std::unique_ptr<Strategy> make() { return strategy("random")->make(1); }

TEST(TimeTurns, SpendAFifthBeyondMaximalByHalves) {
  TimeTurns turns({}, true, make);
  std::vector<std::uint64_t> numbers;
  std::vector<TimeMode> beyond;
  for (std::uint64_t i = 0; i < 20; ++i) {
    const Turn turn = turns.at(i);
    EXPECT_EQ(turn.is_beyond, turn.run.time != TimeMode::maximal);
    if (turn.is_beyond) {
      EXPECT_EQ(turn.number, beyond.size());
      beyond.push_back(turn.run.time);
    } else {
      EXPECT_EQ(turn.number, numbers.size());
      numbers.push_back(turn.number);
    }
  }
  EXPECT_EQ(numbers.size(), 16U);
  EXPECT_EQ(beyond, (std::vector{TimeMode::explore, TimeMode::races, TimeMode::explore, TimeMode::races}));
}

TEST(TimeTurns, KeepTheStrategiesApart) {
  TimeTurns turns({}, true, make);
  EXPECT_EQ(&turns.at(0).strategy, &turns.at(3).strategy);
  EXPECT_NE(&turns.at(0).strategy, &turns.at(4).strategy);
  EXPECT_EQ(&turns.at(4).strategy, &turns.at(9).strategy);
}

TEST(TimeTurns, StayInTheModeThatWasAskedFor) {
  for (const bool looks_beyond : {false, true}) {
    TimeTurns turns({.time = looks_beyond ? TimeMode::explore : TimeMode::maximal}, looks_beyond, make);
    for (std::uint64_t i = 0; i < 10; ++i) {
      EXPECT_EQ(turns.at(i).number, i);
      EXPECT_FALSE(turns.at(i).is_beyond);
    }
  }
}

}  // namespace
}  // namespace heddle
