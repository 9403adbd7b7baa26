// What a notifier passes and whom it wakes, by its Os calls. What is promised to waiters is tested as
// Condition.
#include <mp/sync/wait_ring.hpp>

#include <gtest/gtest.h>

#include <mp/os/posix_os.hpp>

namespace mp {
namespace {

struct CountingOs : PosixOs {
  int word_wake(Word& word, int count) override {
    ++wakes;
    return PosixOs::word_wake(word, count);
  }
  int wakes = 0;
};

// Some wait for so long that the others' tickets have gone round more than once.
TEST(WaitRing, IsGoneThroughOnceByANotifier) {
  CountingOs os;
  WaitRing ring;
  const std::uint32_t patient = ring.enter(os).value();
  for (std::uint32_t i = 0; i < 10 * WaitRing::size; ++i) {
    const std::uint32_t other = ring.enter(os).value();
    EXPECT_FALSE(ring.leave(os, other));
  }
  EXPECT_EQ(ring.notify(os, WaitRing::size), 1U);
  EXPECT_LE(os.wakes, 2);  // tickets of one round and a part of one
  EXPECT_TRUE(ring.leave(os, patient));
  EXPECT_EQ(ring.notify(os, WaitRing::size), 0U);
}

}  // namespace
}  // namespace mp
