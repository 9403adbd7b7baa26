#include <mp/process/state.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace mp {
namespace {

TEST(ProcessState, LiesInTheProcessSlot) {
  EXPECT_EQ(static_cast<void*>(&process_state(os())), os().process_slot().data());
  EXPECT_EQ(static_cast<void*>(&task_state(os())), os().task_slot().data());
}

TEST(StateLock, LetsOneThreadInAtATime) {
  ProcessState state{};
  int counter = 0;  // not atomic: TSan or a lost increment tells
  const auto count = [&] {
    for (int i = 0; i < 10'000; ++i) {
      const StateLock lock(state);
      ++counter;
    }
  };
  std::thread other(count);
  count();
  other.join();
  EXPECT_EQ(counter, 20'000);
  EXPECT_EQ(state.busy, 0U);
}

}  // namespace
}  // namespace mp
