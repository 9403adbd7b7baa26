// The mutex below every lock, on the real Os.
#include <mp/sync/futex_lock.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include <mp/process/thread.hpp>
#include <mp/sync/semaphore.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

TEST(FutexLock, IsTakenInOneAttemptWhenFree) {
  FutexLock lock;
  EXPECT_TRUE(lock.acquire(os(), immediately));
  EXPECT_FALSE(lock.acquire(os(), immediately));
}

TEST(FutexLock, IsTakenAgainAfterARelease) {
  FutexLock lock;
  lock.acquire(os());
  EXPECT_TRUE(lock.release(os()));
  EXPECT_TRUE(lock.acquire(os(), immediately));
}

TEST(FutexLock, SaysThatNobodyHeldIt) {
  FutexLock lock;
  EXPECT_FALSE(lock.release(os()));
  EXPECT_TRUE(lock.acquire(os(), immediately));
}

TEST(FutexLock, GivesUpAtTheDeadlineAndNotBefore) {
  FutexLock lock;
  lock.acquire(os());
  const Instant deadline = os().now() + 20ms;
  EXPECT_FALSE(lock.acquire(os(), deadline));
  EXPECT_GE(os().now(), deadline);
}

TEST(FutexLock, IsStillReleasedOnceAfterATakerGaveUp) {
  FutexLock lock;
  lock.acquire(os());
  lock.acquire(os(), os().now() + 1ms);
  EXPECT_TRUE(lock.release(os()));
  EXPECT_FALSE(lock.release(os()));
}

TEST(FutexLock, LetsOneOfTwoConcurrentReleasesSucceed) {
  FutexLock lock;
  Semaphore begin(0);
  Semaphore end(0);
  int released_there = 0;
  constexpr int rounds = 2000;
  Thread other([&] {
    for (int i = 0; i < rounds; ++i) {
      begin.acquire();
      released_there += lock.release(os()) ? 1 : 0;
      end.release();
    }
  });
  other.start();
  int released_here = 0;
  for (int i = 0; i < rounds; ++i) {
    lock.acquire(os());
    begin.release();
    released_here += lock.release(os()) ? 1 : 0;
    end.acquire();
  }
  other.join();
  EXPECT_EQ(released_here + released_there, rounds);
}

TEST(FutexLock, ExcludesThreadsFromEachOther) {
  FutexLock lock;
  int total = 0;  // written under the lock only
  constexpr int threads = 4;
  constexpr int rounds = 5000;
  std::vector<Thread> all;
  for (int i = 0; i < threads; ++i) {
    all.emplace_back([&] {
      for (int round = 0; round < rounds; ++round) {
        const FutexGuard guard(os(), lock);
        ++total;
      }
    });
  }
  for (Thread& thread : all) thread.start();
  for (Thread& thread : all) thread.join();
  EXPECT_EQ(total, threads * rounds);
}

}  // namespace
}  // namespace mp
