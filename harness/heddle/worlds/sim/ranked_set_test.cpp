// The set of runnable tasks against a set that is obviously right.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/core/random.hpp>
#include <heddle/worlds/sim/ranked_set.hpp>
#include <vector>

namespace heddle::sim {
namespace {

// The k-th member after a rank, by walking.
std::uint32_t walk(const std::vector<bool>& members, std::uint32_t rank, std::uint32_t k) {
  std::uint32_t at = rank;
  while (k > 0) {
    at = (at + 1) % static_cast<std::uint32_t>(members.size());
    if (members[at]) --k;
  }
  return at;
}

TEST(RankedSet, AgreesWithAPlainVectorThroughBirthsAndChanges) {
  RankedSet set;
  std::vector<bool> members;
  Random random(7);
  for (int i = 0; i < 400; ++i) {
    const auto rank = random.below(static_cast<std::uint32_t>(members.size()) + 1);
    set.make_room(rank);
    set.insert(rank);
    members.insert(members.begin() + rank, true);
    const auto other = random.below(static_cast<std::uint32_t>(members.size()));
    if (members[other] && set.count() > 1) {
      set.erase(other);
      members[other] = false;
    }
    const auto from = random.below(static_cast<std::uint32_t>(members.size()));
    const auto count = static_cast<std::uint32_t>(std::ranges::count(members, true));
    ASSERT_EQ(set.count(), count);
    const auto k = random.below(count) + 1;
    ASSERT_EQ(set.after(from, k), walk(members, from, k)) << "step " << i;
  }
}

TEST(RankedSet, PutsTheRankItselfLast) {
  RankedSet set;
  set.insert(0);
  set.insert(64);
  set.insert(65);
  EXPECT_EQ(set.after(64, 1), 65U);
  EXPECT_EQ(set.after(64, 2), 0U);
  EXPECT_EQ(set.after(64, 3), 64U);
}

}  // namespace
}  // namespace heddle::sim
