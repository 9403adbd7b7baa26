// Partial order sampling: what may change places is drawn once, what may not is drawn anew.
#include <gtest/gtest.h>

#include <heddle/strategies/pos.hpp>
#include <heddle/trial/toy_program.hpp>
#include <map>

namespace heddle {
namespace {

TEST(Pos, ComesToEveryOrderOfStepsThatConflict) {
  const auto strategy = make_pos(1);
  ToyProgram program = contenders(2, 3);
  std::map<std::vector<TaskIndex>, int> orders;
  for (std::uint64_t i = 0; i < 4'000; ++i) ++orders[program.run(*strategy, i)];
  EXPECT_EQ(orders.size(), 20U);  // 6 over 3
}

// A random walk comes to a step behind k of another task with odds of 2^-k; here it is as likely first as
// last.
TEST(Pos, DoesNotMindHowManyIndependentStepsComeBefore) {
  const auto strategy = make_pos(1);
  constexpr Access last{.thing = 1, .kind = AccessKind::write};
  std::vector<Access> long_way;
  for (ThingId own = 10; own < 30; ++own) long_way.push_back({.thing = own, .kind = AccessKind::write});
  long_way.push_back(last);
  ToyProgram program({{Access{.thing = 99}}, long_way, {last}});
  int long_way_first = 0;
  for (std::uint64_t i = 0; i < 2'000; ++i)
    if (program.run(*strategy, i).back() == 2) ++long_way_first;
  EXPECT_GT(long_way_first, 2'000 / 30);  // of 21 priorities the single one is the lowest in about one of 22
}

TEST(Pos, RepeatsAnExecutionFromItsNumberAlone) {
  const auto one = make_pos(7);
  const auto other = make_pos(7);
  ToyProgram program = contenders(3, 4);
  static_cast<void>(program.run(*one, 0));
  EXPECT_EQ(program.run(*one, 5), program.run(*other, 5));
}

}  // namespace
}  // namespace heddle
