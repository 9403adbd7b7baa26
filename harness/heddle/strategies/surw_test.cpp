// Selectively uniform random walk: every order of the interesting accesses is about equally likely.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/strategies/surw.hpp>
#include <heddle/trial/toy_program.hpp>
#include <map>

namespace heddle {
namespace {

constexpr Access shared{.thing = 1, .kind = AccessKind::write};

std::map<std::vector<TaskIndex>, int> orders_of(Strategy& strategy, ToyProgram program, int executions) {
  std::map<std::vector<TaskIndex>, int> orders;
  for (int i = 0; i < executions; ++i) ++orders[program.run(strategy, static_cast<std::uint64_t>(i))];
  return orders;
}

TEST(Surw, IsUniformOverOrdersOfOneThing) {
  const auto strategy = make_surw(1);
  const auto orders = orders_of(*strategy, contenders(2, 3), 20'000);
  ASSERT_EQ(orders.size(), 20U);
  for (const auto& [order, count] : orders) EXPECT_NEAR(count, 1'000, 250);
}

// The long task's 20 steps of its own say nothing of who writes first.
TEST(Surw, IsNotMisledByWhatIsOfNoInterest) {
  const auto strategy = make_surw(1);
  std::vector<Access> long_way;
  for (ThingId own = 10; own < 30; ++own) long_way.push_back({.thing = own, .kind = AccessKind::write});
  long_way.push_back(shared);
  ToyProgram program({{Access{.thing = 99}}, long_way, {shared}});
  int long_way_first = 0;
  for (std::uint64_t i = 0; i < 4'000; ++i)
    if (program.run(*strategy, i).back() == 2) ++long_way_first;
  EXPECT_NEAR(long_way_first, 2'000, 200);
}

TEST(Urw, IsUniformOverAllOrders) {
  const auto strategy = make_urw(1);
  const auto orders = orders_of(*strategy, contenders(2, 3), 20'000);
  ASSERT_EQ(orders.size(), 20U);
  for (const auto& [order, count] : orders) EXPECT_NEAR(count, 1'000, 250);
}

TEST(Urw, GivesLongTasksMoreTurns) {
  const auto strategy = make_urw(1);
  ToyProgram program({{Access{.thing = 99}}, std::vector<Access>(9, shared), {shared}});
  int short_first = 0;
  for (std::uint64_t i = 0; i < 10'000; ++i)
    if (program.run(*strategy, i).at(1) == 2) ++short_first;
  EXPECT_NEAR(short_first, 1'000, 200);  // one of ten places
}

}  // namespace
}  // namespace heddle
