// How much time is left follows from the limit that comes first.
#include <gtest/gtest.h>

#include <heddle/api/progress.hpp>

namespace heddle {
namespace {

Budget budget(std::uint64_t executions, std::optional<double> seconds) {
  Budget made{.executions = executions, .time = std::nullopt};
  if (seconds) made.time = std::chrono::duration<double>(*seconds);
  return made;
}

const Progress halfway{.executions = 500, .interleavings = 20, .findings = 0, .seconds = 2};

TEST(Progress, CountsDownTheExecutions) { EXPECT_DOUBLE_EQ(*seconds_left(halfway, budget(1000, {})), 2); }

TEST(Progress, CountsDownTheTime) { EXPECT_DOUBLE_EQ(*seconds_left(halfway, budget(UINT64_MAX, 30)), 28); }

TEST(Progress, TakesTheLimitThatComesFirst) {
  EXPECT_DOUBLE_EQ(*seconds_left(halfway, budget(1000, 30)), 2);
  EXPECT_DOUBLE_EQ(*seconds_left(halfway, budget(100'000, 30)), 28);
}

TEST(Progress, BeyondTheBudgetHasNothingLeft) {
  EXPECT_DOUBLE_EQ(*seconds_left(halfway, budget(400, {})), 0);
  EXPECT_DOUBLE_EQ(*seconds_left(halfway, budget(UINT64_MAX, 1)), 0);
}

TEST(Progress, AtTheStartPromisesNothing) {
  EXPECT_EQ(seconds_left(Progress{}, budget(1000, {})), std::nullopt);
  EXPECT_EQ(seconds_left(halfway, budget(UINT64_MAX, {})), std::nullopt);
}

TEST(Progress, FitsOnALine) {
  for (const Progress& progress : {Progress{}, halfway}) {
    const std::string line = progress_line(progress, budget(1000, 30));
    EXPECT_LT(line.size(), 80u);
    EXPECT_EQ(line.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace heddle
