// BoundedSemaphore on the real Os.
#include <mp/sync/bounded_semaphore.hpp>

#include <gtest/gtest.h>

#include <vector>

#include <mp/errors.hpp>
#include <mp/process/process.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

TEST(BoundedSemaphore, RejectsAReleaseAboveItsInitialValue) {
  BoundedSemaphore semaphore(2);
  EXPECT_THROW(semaphore.release(), ValueError);
  EXPECT_EQ(semaphore.get_value(), 2);
  semaphore.acquire();
  semaphore.release();
  EXPECT_THROW(semaphore.release(), ValueError);
}

TEST(BoundedSemaphore, OfNothingRejectsEveryRelease) {
  BoundedSemaphore semaphore(0);
  EXPECT_THROW(semaphore.release(), ValueError);
  EXPECT_FALSE(semaphore.acquire(false));
}

TEST(BoundedSemaphore, RejectsANegativeValue) { EXPECT_THROW(BoundedSemaphore(-1), OSError); }

TEST(BoundedSemaphore, IsHeldForAScope) {
  BoundedSemaphore semaphore;
  {
    const With held(semaphore);
    EXPECT_EQ(semaphore.get_value(), 0);
  }
  EXPECT_EQ(semaphore.get_value(), 1);
}

TEST(BoundedSemaphore, DoesNotCrossInAMessage) {
  const BoundedSemaphore semaphore;
  EXPECT_THROW(encode_message(semaphore), RuntimeError);
}

void release_often(BoundedSemaphore& semaphore, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    try {
      semaphore.release();
    } catch (const ValueError&) {
    }
    if (semaphore.get_value() > 1) exit(1);
  }
}

TEST(BoundedSemaphore, KeepsItsBoundThoughManyReleaseAtOnce) {
  BoundedSemaphore semaphore(1);
  std::vector<Process> processes;
  for (int i = 0; i < 3; ++i) processes.emplace_back(fn<&release_often>, args(semaphore, 3000));
  for (Process& process : processes) process.start();
  for (int i = 0; i < 1000; ++i) semaphore.acquire(false);
  for (Process& process : processes) process.join();
  for (Process& process : processes) EXPECT_EQ(process.exitcode(), 0);
  EXPECT_LE(semaphore.get_value(), 1);
}

}  // namespace
}  // namespace mp
