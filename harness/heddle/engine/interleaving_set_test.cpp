// Counting distinct hashes.
#include <gtest/gtest.h>

#include <heddle/core/random.hpp>
#include <heddle/engine/interleaving_set.hpp>
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

}  // namespace
}  // namespace heddle
