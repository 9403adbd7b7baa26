#include <mp/os/posix_os_time.hpp>

#include <gtest/gtest.h>

namespace mp::posix_time {
namespace {

using namespace std::chrono_literals;

TEST(PosixTime, AbsoluteTimesAreSplitIntoSecondsAndTheRest) {
  const timespec time = absolute(Instant(1'500'000'007ns));
  EXPECT_EQ(time.tv_sec, 1);
  EXPECT_EQ(time.tv_nsec, 500'000'007);
}

TEST(PosixTime, TheKernelNeverSeesANegativeTime) {
  for (const Instant deadline : {immediately, Instant(-1ns)}) {
    const timespec time = absolute(deadline);
    EXPECT_EQ(time.tv_sec, 0);
    EXPECT_EQ(time.tv_nsec, 0);
  }
}

TEST(PosixTime, NothingRemainsOfAPastDeadline) {
  const timespec left = remaining(immediately);
  EXPECT_EQ(left.tv_sec, 0);
  EXPECT_EQ(left.tv_nsec, 0);
}

TEST(PosixTime, MuchRemainsOfADistantDeadline) { EXPECT_GT(remaining(never).tv_sec, 1'000'000); }

}  // namespace
}  // namespace mp::posix_time
