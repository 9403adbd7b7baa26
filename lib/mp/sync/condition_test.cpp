// Condition: who is woken by what, on the real Os. A waiter announces itself on a Semaphore while it holds
// the lock, so whoever then gets the lock knows that it waits.
#include <mp/sync/condition.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <list>
#include <vector>

#include <mp/errors.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/semaphore.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

/// Threads that wait on one condition until notified, and then say so.
class Waiters {
 public:
  explicit Waiters(Condition& condition) : condition_(condition) {}
  ~Waiters() {
    {
      const With held(condition_);
      condition_.notify_all();
    }
    for (Thread& thread : threads_) thread.join();
  }

  void add(int count) {
    for (int i = 0; i < count; ++i) {
      threads_.emplace_back([this] {
        const With held(condition_);
        here_.release();
        if (condition_.wait()) woken_.release();
      });
      threads_.back().start();
    }
    for (int i = 0; i < count; ++i) here_.acquire();
  }
  void notify(int count) {
    const With held(condition_);
    condition_.notify(count);
  }
  /// Waits for that many to wake; then how many more have, once all that were notified had the lock.
  int woken_beyond(int count) {
    for (int i = 0; i < count; ++i) woken_.acquire();
    return woken_.acquire(true, 0.02s) ? 1 : 0;
  }

 private:
  Condition& condition_;
  Semaphore here_{0};
  Semaphore woken_{0};
  std::list<Thread> threads_;
};

TEST(Condition, WakesAtMostAsManyAsNotified) {
  Condition condition;
  Waiters waiters(condition);
  waiters.add(6);
  waiters.notify(2);
  EXPECT_EQ(waiters.woken_beyond(2), 0);
  waiters.notify(0);
  EXPECT_EQ(waiters.woken_beyond(0), 0);
  waiters.notify(3);
  EXPECT_EQ(waiters.woken_beyond(3), 0);
  waiters.notify(100);
  EXPECT_EQ(waiters.woken_beyond(1), 0);
}

TEST(Condition, DoesNotRememberANotification) {
  Condition condition;
  const With held(condition);
  condition.notify();
  condition.notify_all();
  EXPECT_FALSE(condition.wait(0.005s));
}

TEST(Condition, GivesNoNotificationToOneThatCameLater) {
  Condition condition;
  const With held(condition);
  EXPECT_FALSE(condition.wait(0s));
  condition.notify();
  EXPECT_FALSE(condition.wait(0s));
}

TEST(Condition, PassesOverAWaiterWhoseTimeRanOut) {
  Condition condition;
  Waiters waiters(condition);
  {
    const With held(condition);
    condition.wait(0.001s);
  }
  waiters.add(1);
  waiters.notify(1);
  EXPECT_EQ(waiters.woken_beyond(1), 0);
}

TEST(Condition, FindsAWaiterAfterMoreTimeoutsThanItHasPlaces) {
  Condition condition;
  Waiters waiters(condition);
  waiters.add(1);
  for (std::uint32_t i = 0; i < 5 * WaitRing::size; ++i) {
    const With held(condition);
    EXPECT_FALSE(condition.wait(0s));
  }
  waiters.add(1);
  waiters.notify(2);
  EXPECT_EQ(waiters.woken_beyond(2), 0);
}

TEST(Condition, RestoresAllLevelsOfItsLock) {
  Condition condition;
  condition.acquire();
  condition.acquire();
  condition.wait(0s);
  condition.release();
  condition.release();
  EXPECT_THROW(condition.release(), AssertionError);
}

TEST(Condition, LetsOthersHaveTheLockWhileItWaits) {
  Condition condition;
  Semaphore had_it(0);
  Thread other([&] {
    const With held(condition);
    had_it.release();
    condition.notify();
  });
  const With held(condition);
  other.start();
  EXPECT_TRUE(condition.wait());
  EXPECT_EQ(had_it.get_value(), 1);
}

TEST(Condition, RejectsCallersWithoutTheLock) {
  Condition condition;
  EXPECT_THROW(condition.wait(), AssertionError);
  EXPECT_THROW(condition.notify(), AssertionError);
  EXPECT_THROW(condition.notify_all(), AssertionError);
}

TEST(Condition, RejectsCallersWithoutItsPlainLock) {
  Lock lock;
  Condition condition(lock);
  EXPECT_THROW(condition.notify(), AssertionError);
  const With held(lock);
  EXPECT_FALSE(condition.wait(0s));
}

TEST(Condition, EvaluatesAPredicateThatHoldsWithoutTheLock) {
  Condition condition;
  EXPECT_TRUE(condition.wait_for([] { return true; }));
}

TEST(Condition, EvaluatesAPredicateOnceWhenItHasNoTime) {
  Condition condition;
  int evaluations = 0;
  EXPECT_FALSE(condition.wait_for([&] { return ++evaluations > 1; }, 0s));
  EXPECT_EQ(evaluations, 1);
}

TEST(Condition, GivesUpOnAPredicateAtTheDeadline) {
  Condition condition;
  const With held(condition);
  const Instant begin = os().now();
  EXPECT_FALSE(condition.wait_for([] { return false; }, 0.02s));
  EXPECT_GE(os().now() - begin, 20ms);
}

void wait_for_ever(Condition& condition, Semaphore& here) {
  const With held(condition);
  here.release();
  condition.wait();
}

TEST(Condition, IsNotHungByAWaiterThatWasKilled) {
  Condition condition;
  Semaphore here(0);
  Process victim(fn<&wait_for_ever>, args(condition, here));
  victim.start();
  here.acquire();
  { const With held(condition); }  // from here on it waits, without the lock
  victim.kill();
  victim.join();
  const With held(condition);
  condition.notify();
  condition.notify_all();
  EXPECT_FALSE(condition.wait(0s));
}

void pass_on(Condition& condition, Semaphore& turn, int mine, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    const With held(condition);
    condition.wait_for([&] { return turn.get_value() % 3 == mine; });
    turn.release();
    condition.notify_all();
  }
}

TEST(Condition, LosesNoNotificationBetweenProcesses) {
  Condition condition;
  Semaphore turn(0);
  std::vector<Process> players;
  for (int i = 0; i < 3; ++i) players.emplace_back(fn<&pass_on>, args(condition, turn, i, 500));
  for (Process& player : players) player.start();
  for (Process& player : players) player.join();
  EXPECT_EQ(turn.get_value(), 1500);
}

}  // namespace
}  // namespace mp
