// How often a thread looks, by what came of it before.
#include <mp/os/posix_os_spinning.hpp>

#include <gtest/gtest.h>

namespace mp {
namespace {

constexpr std::uint32_t looks_max = 10;

struct Spins : testing::Test {
  /// How many looks one wait takes for something that is there at the given look (the first is 1; 0: never).
  std::uint32_t looks_of_wait(std::uint32_t there_at) {
    std::uint32_t looks = 0;
    const auto is_there = [&] { return ++looks == there_at; };
    const bool was_there = spinning.spin(
        looks_max, [&] { return processors; }, is_there);
    EXPECT_EQ(was_there, there_at != 0 && looks == there_at);
    return looks;
  }
  std::uint32_t looks_of_waits(std::uint32_t waits, std::uint32_t there_at) {
    std::uint32_t looks = 0;
    for (; waits > 0; --waits) looks += looks_of_wait(there_at);
    return looks;
  }
  Spinning spinning;
  unsigned processors = 2;
};

TEST_F(Spins, WhileItIsNotThere) {
  EXPECT_EQ(looks_of_wait(1), 1U);
  EXPECT_EQ(looks_of_wait(looks_max), looks_max);
  EXPECT_EQ(looks_of_waits(1000, 3), 3000U);
}

TEST_F(Spins, LessOftenTheLongerItIsInVain) {
  EXPECT_EQ(looks_of_wait(0), looks_max);
  EXPECT_EQ(looks_of_waits(2, 0), 0U);
  EXPECT_EQ(looks_of_wait(0), looks_max);
  EXPECT_EQ(looks_of_waits(4, 0), 0U);
  EXPECT_EQ(looks_of_wait(0), looks_max);
  EXPECT_EQ(looks_of_waits(100'000, 0) / looks_max, 7U + 96U);  // 16 to 1024 waits apart, then 1024
}

TEST_F(Spins, AsBeforeOnceItHelps) {
  looks_of_waits(1 + 2 + 1 + 4, 0);
  EXPECT_EQ(looks_of_wait(2), 2U);
  EXPECT_EQ(looks_of_wait(0), looks_max);
  EXPECT_EQ(looks_of_waits(2, 0), 0U);
}

TEST_F(Spins, NotForWhatIsAlwaysThere) {
  EXPECT_EQ(looks_of_waits(4, 1), 4U);
  EXPECT_EQ(looks_of_waits(64, 1), 0U);
  EXPECT_EQ(looks_of_waits(3, 1), 3U);
  EXPECT_EQ(looks_of_wait(2), 2U);
  EXPECT_EQ(looks_of_waits(3, 1), 3U);  // four in a row, no less
}

TEST_F(Spins, NotWithoutAnotherProcessor) {
  processors = 1;
  EXPECT_EQ(looks_of_wait(0), 1U);
  looks_of_waits(2, 0);
  processors = 2;
  EXPECT_EQ(looks_of_wait(2), 2U);
}

}  // namespace
}  // namespace mp
