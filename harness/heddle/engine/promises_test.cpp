// Which executions count, and with what.
#include <gtest/gtest.h>

#include <heddle/engine/promises.hpp>

namespace heddle {
namespace {

TEST(Promises, CountExecutionsThatDrewFromTheWholeLength) {
  Promises promises;
  promises.take_in(3, "pct", 4, 10);  // nobody knew of ten choices before
  promises.take_in(3, "pct", 5, 8);
  promises.take_in(3, "pct", 4, 10);
  EXPECT_EQ(promises.bound(),
            (MissBound{.strategy = "pct", .depth = 3, .executions = 2, .tasks = 5, .choices = 10}));
}

TEST(Promises, BeginAnewWithALongerExecution) {
  Promises promises;
  for (int i = 0; i < 5; ++i) promises.take_in(3, "pct", 4, 10);
  EXPECT_EQ(promises.bound().executions, 4U);
  promises.take_in(3, "pct", 4, 11);
  EXPECT_EQ(promises.bound().executions, 0U);
}

TEST(Promises, AreNotMadeByExecutionsOfOtherStrategies) {
  Promises promises;
  promises.take_in(0, "random", 9, 99);
  EXPECT_EQ(promises.bound(), MissBound{});
}

}  // namespace
}  // namespace heddle
