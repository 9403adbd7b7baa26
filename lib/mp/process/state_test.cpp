#include <mp/process/state.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <string>
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

bool sleeps(pid_t thread) {
  std::ifstream file("/proc/self/task/" + std::to_string(thread) + "/stat");
  std::string stat;
  std::getline(file, stat);
  return stat.at(stat.rfind(')') + 2) == 'S';
}

TEST(StateLock, WakesWhoSleepsOnIt) {
  ProcessState state{};
  std::atomic<pid_t> id = 0;
  std::thread other;
  {
    const StateLock lock(state);
    other = std::thread([&] {
      id = ::gettid();
      const StateLock also(state);
    });
    while (id == 0 || !sleeps(id)) std::this_thread::yield();
  }
  other.join();
  EXPECT_EQ(state.busy, 0U);
}

}  // namespace
}  // namespace mp
