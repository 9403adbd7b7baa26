// PCT: as many changes of priority as its depth allows, and the odds that its authors promise.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/strategies/pct.hpp>
#include <heddle/trial/toy_program.hpp>
#include <set>

namespace heddle {
namespace {

std::size_t switches_of(const std::vector<TaskIndex>& order) {
  std::size_t switches = 0;
  for (std::size_t i = 1; i < order.size(); ++i)
    if (order[i] != order[i - 1]) ++switches;
  return switches;
}

TEST(Pct, OfDepthOneRunsEachTaskToItsEnd) {
  const auto strategy = make_pct(1, 1);
  ToyProgram program = contenders(3, 5);
  std::set<std::vector<TaskIndex>> orders;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const auto order = program.run(*strategy, i);
    EXPECT_EQ(switches_of(order), 3U);
    orders.insert(order);
  }
  EXPECT_EQ(orders.size(), 6U);  // in each of 3! orders
}

TEST(Pct, PreemptsAtMostOnceLessThanItsDepth) {
  const auto strategy = make_pct(1, 3);
  ToyProgram program = contenders(3, 5);
  std::size_t most = 0;
  for (std::uint64_t i = 0; i < 500; ++i) most = std::max(most, switches_of(program.run(*strategy, i)));
  EXPECT_EQ(most, 3U + 2U);
}

// Of depth 2: the first task after exactly two of its steps gives way to the other for all of its own.
TEST(Pct, KeepsItsPromise) {
  const auto strategy = make_pct(5, 2);
  ToyProgram program = contenders(2, 4);
  const std::vector<TaskIndex> wanted{0, 1, 1, 2, 2, 2, 2, 1, 1};
  int found = 0;
  constexpr int executions = 2'000;
  for (std::uint64_t i = 0; i < executions; ++i)
    if (program.run(*strategy, i) == wanted) ++found;
  EXPECT_GE(found, executions / (2 * 8) / 2);  // 1 / (n k^(d-1)), and half of it for chance
}

TEST(Pct, RepeatsItself) {
  const auto one = make_pct(7, 3);
  const auto other = make_pct(7, 3);
  ToyProgram program = contenders(3, 4);
  for (std::uint64_t i = 0; i < 20; ++i) EXPECT_EQ(program.run(*one, i), program.run(*other, i));
}

}  // namespace
}  // namespace heddle
