// Counting distinct hashes.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/core/random.hpp>
#include <heddle/engine/interleaving_set.hpp>
#include <map>
#include <set>

namespace heddle {
namespace {

TEST(InterleavingSet, CountsDistinctHashesThroughGrowth) {
  InterleavingSet set;
  std::set<std::uint64_t> model;
  Random random(5);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t hash = random.below(9'000) * 0x9e3779b97f4a7c15u + 1;
    set.insert(hash);
    model.insert(hash);
  }
  EXPECT_EQ(set.size(), model.size());
}

TEST(InterleavingSet, CountsTheHashZero) {
  InterleavingSet set;
  set.insert(0);
  set.insert(0);
  EXPECT_EQ(set.size(), 1U);
}

TEST(InterleavingSet, KnowsWhichItHasSeenOnce) {
  InterleavingSet set;
  std::map<std::uint64_t, int> model;
  Random random(6);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t hash = random.below(9'000) * 0x9e3779b97f4a7c15u;
    EXPECT_EQ(set.insert(hash), model[hash]++ == 0);
  }
  const auto once = std::ranges::count_if(model, [](const auto& each) { return each.second == 1; });
  EXPECT_EQ(set.once(), static_cast<std::uint64_t>(once));
  EXPECT_GT(set.once(), 0U);
}

TEST(InterleavingSet, SaysWhenItTakesInNoMore) {
  InterleavingSet set;
  std::uint64_t hash = 0;
  while (!set.is_full()) set.insert(hash += 2);
  const std::uint64_t size = set.size();
  EXPECT_TRUE(set.insert(hash + 2));
  EXPECT_FALSE(set.insert(2));  // what it has it still knows
  EXPECT_EQ(set.size(), size);
  EXPECT_EQ(set.once(), size - 1);
}

}  // namespace
}  // namespace heddle
