// The estimates on figures that can be checked by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <heddle/core/estimates.hpp>

namespace heddle {
namespace {

TEST(UnseenProbability, IsTheShareOfWhatWasSeenOnce) {
  EXPECT_EQ(unseen_probability(0, 100), 0);
  EXPECT_EQ(unseen_probability(25, 100), 0.25);
  EXPECT_EQ(unseen_probability(1, 1), 1);
}

constexpr MissBound ten_executions{.strategy = "pct", .depth = 2, .executions = 10, .tasks = 2, .choices = 5};

// One execution finds it with probability 1 / (2 * 5).
TEST(MissBound, MultipliesWhatEachExecutionMayMiss) {
  EXPECT_NEAR(ten_executions.probability(), std::pow(0.9, 10), 1e-12);
}

TEST(MissBound, OfDepthOneDependsOnTheNumberOfTasksAlone) {
  MissBound bound = ten_executions;
  bound.depth = 1;
  EXPECT_NEAR(bound.probability(), std::pow(0.5, 10), 1e-12);
}

TEST(MissBound, OfNoExecutionIsNone) {
  MissBound bound = ten_executions;
  bound.executions = 0;
  EXPECT_EQ(bound.probability(), 1);
}

TEST(MissBound, OfASingleTaskIsCertainty) {
  MissBound bound = ten_executions;
  bound.tasks = bound.choices = 1;
  EXPECT_EQ(bound.probability(), 0);
}

TEST(MissBound, KeepsItsPrecisionWhereOneExecutionPromisesNextToNothing) {
  const MissBound bound{
      .strategy = "pct", .depth = 3, .executions = 1'000'000'000, .tasks = 10, .choices = 1'000'000};
  EXPECT_NEAR(bound.probability(), std::exp(-1e-4), 1e-9);
}

}  // namespace
}  // namespace heddle
