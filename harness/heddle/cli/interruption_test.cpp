// The first signal is a request; the second is not.
#include <gtest/gtest.h>

#include <csignal>

#include <heddle/cli/interruption.hpp>

namespace heddle::cli {
namespace {

TEST(Interruption, IsNoticed) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const Interruption interruption;
    EXPECT_FALSE(interruption.has_come());
    std::raise(signal);
    EXPECT_TRUE(interruption.has_come());
  }
}

TEST(InterruptionDeathTest, HasItsOrdinaryEffectTheSecondTime) {
  EXPECT_EXIT(
      {
        const Interruption interruption;
        std::raise(SIGINT);
        std::raise(SIGINT);
      },
      testing::KilledBySignal(SIGINT), "");
}

}  // namespace
}  // namespace heddle::cli
