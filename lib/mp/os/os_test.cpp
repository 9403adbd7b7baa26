#include <mp/os/os.hpp>

#include <gtest/gtest.h>

#include <limits>

#include <mp/os/posix_os.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

class StoppedClock : public PosixOs {
 public:
  Instant now() override { return Instant(100s); }
};

TEST(Os, IsPosixUnlessAScopeSaysOtherwise) {
  Os& usual = os();
  EXPECT_NE(dynamic_cast<PosixOs*>(&usual), nullptr);
  StoppedClock other;
  {
    const OsScope outer(&other);
    EXPECT_EQ(&os(), &other);
    {
      const OsScope inner(nullptr);
      EXPECT_EQ(&os(), &usual);
    }
    EXPECT_EQ(&os(), &other);
  }
  EXPECT_EQ(&os(), &usual);
}

TEST(DeadlineAfter, OfNoTimeoutIsNever) {
  StoppedClock clock;
  EXPECT_EQ(deadline_after(clock, std::nullopt), never);
}

TEST(DeadlineAfter, OfZeroOrLessIsImmediately) {
  StoppedClock clock;
  EXPECT_EQ(deadline_after(clock, 0s), immediately);
  EXPECT_EQ(deadline_after(clock, -3s), immediately);
  EXPECT_EQ(deadline_after(clock, std::chrono::duration<double>(std::numeric_limits<double>::quiet_NaN())),
            immediately);
}

TEST(DeadlineAfter, CountsFromNow) {
  StoppedClock clock;
  EXPECT_EQ(deadline_after(clock, 0.5s), Instant(100'500ms));
}

TEST(DeadlineAfter, NeverEndsBeforeTheTimeout) {
  StoppedClock clock;
  EXPECT_GT(deadline_after(clock, std::chrono::duration<double>(1e-12)), Instant(100s));
}

TEST(DeadlineAfter, ClampsWhatTheClockCannotHold) {
  StoppedClock clock;
  EXPECT_EQ(deadline_after(clock, std::chrono::duration<double>(1e18)), never);
  EXPECT_EQ(deadline_after(clock, std::chrono::duration<double>(std::numeric_limits<double>::infinity())),
            never);
}

}  // namespace
}  // namespace mp
