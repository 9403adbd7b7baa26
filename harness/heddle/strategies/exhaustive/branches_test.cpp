// The shares of a tree are the tree: each leaf in one of them.
#include <gtest/gtest.h>

#include <heddle/strategies/exhaustive.hpp>
#include <heddle/strategies/exhaustive/branches.hpp>
#include <set>
#include <vector>

namespace heddle {
namespace {

using Orders = std::set<std::vector<TaskIndex>>;

constexpr std::size_t tasks = 3;
constexpr std::size_t steps = 3;  // 1,680 orders

struct Seen {
  Orders orders;
  std::size_t executions = 0;
  bool has_ended = false;
};

// Answers a program of the toy's kind; what is abandoned is no order.
Seen all_of(Strategy& strategy) {
  Seen seen;
  for (std::uint64_t n = 0; strategy.begin(n); ++n) {
    std::vector<std::size_t> left(tasks, steps);
    std::vector<TaskIndex> order;
    bool is_abandoned = false;
    while (!is_abandoned) {
      std::vector<TaskIndex> able;
      for (TaskIndex task = 0; task < tasks; ++task)
        if (left[task] > 0) able.push_back(task);
      if (able.empty()) break;
      std::uint32_t answer = 0;
      if (able.size() > 1) answer = strategy.choose({.count = static_cast<std::uint32_t>(able.size())});
      is_abandoned = answer == abandon;
      if (is_abandoned) break;
      order.push_back(able[answer]);
      --left[able[answer]];
    }
    if (!is_abandoned) {
      ++seen.executions;
      seen.orders.insert(order);
    }
    if (strategy.end()) {
      seen.has_ended = true;
      break;
    }
  }
  return seen;
}

TEST(Branches, TogetherAreTheTreeAndNoneIsTwice) {
  const auto whole = make_exhaustive(0);
  const Seen one = all_of(*whole);
  ASSERT_EQ(one.orders.size(), 1'680U);
  for (const std::uint64_t count : {2U, 3U}) {
    Orders together;
    std::size_t executions = 0;
    for (std::uint64_t index = 0; index < count; ++index) {
      const auto share = make_branches(make_exhaustive(0), index, count);
      const Seen seen = all_of(*share);
      EXPECT_TRUE(seen.has_ended);
      EXPECT_EQ(seen.executions, seen.orders.size());
      EXPECT_GT(seen.executions, 1'680 / count / 3) << "share " << index << " of " << count;
      executions += seen.executions;
      together.insert(seen.orders.begin(), seen.orders.end());
    }
    EXPECT_EQ(together, one.orders);
    EXPECT_EQ(executions, one.executions);
  }
}

TEST(Branches, OfAPreemptionBoundAreThatBound) {
  const auto whole = make_preemptions(0, 1);
  const Seen one = all_of(*whole);
  Orders together;
  for (std::uint64_t index = 0; index < 3; ++index) {
    const auto share = make_branches(make_preemptions(0, 1), index, 3);
    const Seen seen = all_of(*share);
    together.insert(seen.orders.begin(), seen.orders.end());
  }
  EXPECT_EQ(together, one.orders);
}

// Whoever ends early is run by each, and no share is without an end.
TEST(Branches, OfASmallTreeAreAllOfIt) {
  for (std::uint64_t index = 0; index < 3; ++index) {
    const auto share = make_branches(make_exhaustive(0), index, 3);
    std::size_t leaves = 0;
    bool has_ended = false;
    while (!has_ended && share->begin(leaves)) {
      EXPECT_NE(share->choose({.count = 2}), abandon);
      ++leaves;
      has_ended = share->end();
    }
    EXPECT_EQ(leaves, 2U);
  }
}

}  // namespace
}  // namespace heddle
