// Semaphore across processes, on the real Os.
#include <mp/sync/semaphore.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include <mp/errors.hpp>
#include <mp/process/process.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

TEST(Semaphore, LetsAsManyInAsItsValue) {
  Semaphore semaphore(2);
  EXPECT_TRUE(semaphore.acquire(false));
  EXPECT_TRUE(semaphore.acquire(false));
  EXPECT_FALSE(semaphore.acquire(false));
  EXPECT_EQ(semaphore.get_value(), 0);
}

TEST(Semaphore, MayExceedItsInitialValue) {
  Semaphore semaphore(1);
  semaphore.release();
  EXPECT_EQ(semaphore.get_value(), 2);
}

TEST(Semaphore, RejectsANegativeValue) { EXPECT_THROW(Semaphore(-1), OSError); }

TEST(Semaphore, RejectsAReleaseAtTheGreatestValue) {
  Semaphore semaphore(0x7fffffff);
  EXPECT_THROW(semaphore.release(), ValueError);
  EXPECT_EQ(semaphore.get_value(), 0x7fffffff);
}

TEST(Semaphore, TimesOut) {
  Semaphore semaphore(0);
  EXPECT_FALSE(semaphore.acquire(true, 0.01s));
  semaphore.release();
  EXPECT_TRUE(semaphore.acquire(true, 0.01s));
}

void take_many(Semaphore& items, Semaphore& taken, int count) {
  for (int i = 0; i < count; ++i) {
    items.acquire();
    taken.release();
  }
}

TEST(Semaphore, LosesNoWakeUpBetweenProcesses) {
  Semaphore items(0);
  Semaphore taken(0);
  std::vector<Process> takers;
  for (int i = 0; i < 3; ++i) takers.emplace_back(fn<&take_many>, args(items, taken, 1000));
  for (Process& taker : takers) taker.start();
  for (int i = 0; i < 3000; ++i) items.release();
  for (Process& taker : takers) taker.join();
  EXPECT_EQ(taken.get_value(), 3000);
  EXPECT_EQ(items.get_value(), 0);
}

}  // namespace
}  // namespace mp
