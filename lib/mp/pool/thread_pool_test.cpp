// A pool of threads: the same calls, on the very objects.
#include <mp/pool/thread_pool.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <mp/os/posix_os.hpp>
#include <mp/process/current_process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/event.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }

TEST(ThreadPool, AppliesAFunctionToTheObjectItself) {
  ThreadPool pool(2);
  std::vector<int> numbers{1, 2};
  pool.apply([](std::vector<int>& all) { all.push_back(3); }, args(numbers));
  EXPECT_EQ(numbers.size(), 3U);
  EXPECT_EQ(pool.apply(fn<&square>, args(7)), 49);
  EXPECT_EQ(pool.apply([] { return 5; }), 5);
  pool.close();
  pool.join();
}

TEST(ThreadPool, TakesArgumentsOver) {
  ThreadPool pool(2);
  const auto result = pool.apply_async([](const std::unique_ptr<int>& given) { return *given; },
                                       args(std::make_unique<int>(4)));
  EXPECT_EQ(result.get(20s), 4);
  pool.terminate();
}

TEST(ThreadPool, MapsOverElementsInPlace) {
  ThreadPool pool(3);
  std::vector<int> numbers{1, 2, 3, 4, 5, 6, 7};
  EXPECT_EQ(pool.map([](int& each) { return ++each; }, numbers), (std::vector{2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(numbers[6], 8);
  EXPECT_EQ(pool.map(fn<&square>, std::vector{1, 2}, 1), (std::vector{1, 4}));
  const std::vector<std::tuple<int, int>> pairs{{1, 2}, {3, 4}};
  EXPECT_EQ(pool.starmap([](int one, int other) { return one * other; }, pairs), (std::vector{2, 12}));
  pool.terminate();
}

struct OwnError {
  int code;
};

TEST(ThreadPool, RaisesTheVeryException) {
  ThreadPool pool(1);
  const auto result = pool.apply_async([]() -> int { throw OwnError{9}; }, args());
  try {
    result.get();
    FAIL();
  } catch (const OwnError& error) {
    EXPECT_EQ(error.code, 9);
  }
  EXPECT_FALSE(result.successful());
  EXPECT_THROW(pool.apply([] { exit(3); }), WorkerLost);
  EXPECT_EQ(pool.apply([] { return 1; }), 1);
  pool.terminate();
}

TEST(ThreadPool, Iterates) {
  ThreadPool pool(2);
  std::vector<int> seen;
  for (const int each : pool.imap(fn<&square>, std::vector{1, 2, 3}, 2)) seen.push_back(each);
  EXPECT_EQ(seen, (std::vector{1, 4, 9}));
  auto few = pool.imap_unordered(fn<&square>, std::vector{5});
  EXPECT_EQ(few.next(20s), 25);
  EXPECT_THROW(few.next(), StopIteration);
  EXPECT_THROW(few.next(), StopIteration);
  pool.terminate();
}

TEST(ThreadPool, CallsBack) {
  ThreadPool pool(2);
  std::vector<int> told;
  const auto result = pool.map_async(fn<&square>, std::vector{1, 2, 3}, 1,
                                     {.callback = [&](const std::vector<int>& all) { told = all; }});
  result.wait();
  EXPECT_EQ(told, (std::vector{1, 4, 9}));
  pool.terminate();
}

TEST(ThreadPool, BreaksIfEveryInitializerRaises) {
  ThreadPool pool(2, {.initializer = [] { throw ValueError("not today"); }});
  EXPECT_THROW(pool.apply(fn<&square>, args(1)), BrokenPool);
  pool.close();
  pool.join();
}

TEST(ThreadPool, DropsWhatHasNotBegunWhenItIsTerminated) {
  ThreadPool pool(1);
  bool has_begun = false;
  const auto first = pool.apply_async([&] { has_begun = true; }, args());
  first.wait();
  pool.terminate();
  pool.join();
  EXPECT_TRUE(has_begun);
  EXPECT_THROW(pool.apply(fn<&square>, args(1)), ValueError);
}

TEST(ThreadPool, IsInitialisedInEachThread) {
  std::atomic<int> threads = 0;
  ThreadPool pool(2, {.initializer = [&] { ++threads; }});
  EXPECT_EQ(pool.apply(fn<&square>, args(3)), 9);
  pool.close();
  pool.join();
  EXPECT_EQ(threads, 2);
}

TEST(ThreadPool, WaitsForItsTasksWhenItsHandleGoes) {
  std::atomic<bool> is_done = false;
  Event has_begun;
  {
    ThreadPool pool(1);
    pool.apply_async(
        [&] {
          has_begun.set();
          sleep(20ms);
          is_done = true;
        },
        args());
    has_begun.wait();
    pool.close();
  }
  EXPECT_TRUE(is_done);
}

/// Has room for two threads, and says so once they sleep.
class CrowdedOs : public PosixOs {
 public:
  Result<ThreadId> start_thread(const ThreadStart& start) override {
    if (room-- > 0) return PosixOs::start_thread(start);
    while (asleep < 2) std::this_thread::yield();
    return failure(EAGAIN);
  }
  Result<void> word_wait(Word& word, std::uint32_t expected, Instant deadline, ProcessId owner) override {
    ++asleep;
    return PosixOs::word_wait(word, expected, deadline, owner);
  }

 private:
  int room = 2;
  std::atomic<int> asleep = 0;
};

TEST(ThreadPool, LeavesNoThreadIfItDoesNotGetAll) {
  CrowdedOs crowded;
  const OsScope scope(&crowded);
  EXPECT_THROW(ThreadPool(3), RuntimeError);
  EXPECT_EQ(active_thread_count(), 1U);
}

}  // namespace
}  // namespace mp
