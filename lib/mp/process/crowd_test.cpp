// Threads of one process that use what they share of it at once: lists of children and threads, finalizers,
// endings and sentinels. ThreadSanitizer sees whatever no lock guards.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/queue.hpp>
#include <mp/sync/barrier.hpp>
#include <mp/sync/event.hpp>

namespace mp {
namespace {

void in_a_crowd(const std::function<void()>& act) {
  constexpr std::uint32_t size = 4;
  Barrier all(size);
  std::vector<Thread> threads;
  for (std::uint32_t i = 0; i < size; ++i) {
    threads.emplace_back([&] {
      all.wait();
      act();
    });
  }
  for (Thread& thread : threads) thread.start();
  for (Thread& thread : threads) thread.join();
}

TEST(Crowd, HasProcessesOfItsOwn) {
  in_a_crowd([] {
    for (int i = 0; i < 5; ++i) {
      Process process(fn<[] {}>);
      process.start();
      EXPECT_GE(process.sentinel(), 0);
      for (const ProcessHandle& child : active_children()) EXPECT_NE(child.name(), "");
      process.join();
      EXPECT_EQ(process.exitcode(), 0);
      process.close();
    }
  });
}

TEST(Crowd, HasThreadsAndQueuesOfItsOwn) {
  in_a_crowd([] {
    for (int i = 0; i < 5; ++i) {
      Queue<int> queue;
      Thread thread([&] { queue.put(i); });
      thread.start();
      EXPECT_EQ(queue.get(), i);
      thread.join();
      EXPECT_FALSE(thread.is_alive());
      queue.close();
      queue.join_thread();
    }
  });
}

TEST(Crowd, IsToldOfOneEnd) {
  for (int i = 0; i < 5; ++i) {
    Event over;
    Process process(fn<[](Event& given) { given.wait(); }>, args(over));
    process.start();
    const ProcessHandle handle = active_children().at(0);
    over.set();
    in_a_crowd([&] {
      const ProcessHandle mine = handle;
      EXPECT_GE(mine.sentinel(), 0);
      mine.join();
      EXPECT_EQ(mine.exitcode(), 0);
      EXPECT_FALSE(mine.is_alive());
    });
    process.join();
  }
}

TEST(Crowd, MakesThreadsThatHaveNamesOfTheirOwn) {
  std::array<std::vector<std::string>, 4> names;
  std::atomic<std::size_t> next = 0;
  in_a_crowd([&] {
    std::vector<std::string>& mine = names.at(next++);
    for (int i = 0; i < 100; ++i) mine.push_back(Thread([] {}).name());
  });
  std::set<std::string> all;
  for (const auto& some : names) all.insert(some.begin(), some.end());
  EXPECT_EQ(all.size(), 400U);
}

TEST(Crowd, SeesItsThreadsComeAndGo) {
  std::atomic<bool> is_first = true;
  in_a_crowd([&] {
    const bool starts = is_first.exchange(false);
    for (int i = 0; i < 50; ++i) {
      if (starts) {
        Thread([] {}).start();
      } else {
        EXPECT_FALSE(active_threads().empty());
      }
    }
  });
}

}  // namespace
}  // namespace mp
