// Locks, semaphores, conditions, events and barriers in a manager's server: threading's, whatever the process
// (MGR-09, MGR-20). On the real Os.
#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include <mp/manager/manager.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

template <class F>
void in_thread(F callable) {
  Thread thread(std::move(callable));
  thread.start();
  thread.join();
}

TEST(LockProxy, IsReleasedByAnybodyAndOnlyIfItIsHeld) {
  Manager manager;
  const LockProxy lock = manager.Lock();
  EXPECT_THROW(lock.release(), RuntimeError);
  EXPECT_TRUE(lock.acquire());
  EXPECT_FALSE(lock.acquire(false));
  EXPECT_FALSE(lock.acquire(true, 0.01s));
  in_thread([&] { lock.release(); });
  EXPECT_TRUE(lock.acquire(true, 0s));
  EXPECT_THROW(lock.acquire(false, 1s), ValueError);
  EXPECT_THROW(lock.acquire(true, -2s), ValueError);
}

TEST(RLockProxy, BelongsToAThread) {
  Manager manager;
  const RLockProxy lock = manager.RLock();
  EXPECT_TRUE(lock.acquire());
  EXPECT_TRUE(lock.acquire());
  in_thread([&] {
    EXPECT_FALSE(lock.acquire(false));
    EXPECT_THROW(lock.release(), RuntimeError);
  });
  lock.release();
  lock.release();
  EXPECT_THROW(lock.release(), RuntimeError);
  in_thread([&] { EXPECT_TRUE(lock.acquire(false)); });
}

TEST(SemaphoreProxy, Counts) {
  Manager manager;
  const SemaphoreProxy semaphore = manager.Semaphore(2);
  EXPECT_TRUE(semaphore.acquire());
  EXPECT_TRUE(semaphore.acquire(false));
  EXPECT_FALSE(semaphore.acquire(true, -1s));
  EXPECT_THROW(semaphore.acquire(false, 1s), ValueError);
  semaphore.release();
  EXPECT_TRUE(semaphore.acquire(true, 0.01s));
  EXPECT_THROW(manager.Semaphore(-1), RemoteError);
}

TEST(BoundedSemaphoreProxy, HasAMost) {
  Manager manager;
  const BoundedSemaphoreProxy semaphore = manager.BoundedSemaphore(1);
  EXPECT_THROW(semaphore.release(), ValueError);
  semaphore.acquire();
  semaphore.release();
  EXPECT_THROW(semaphore.release(), ValueError);
}

TEST(EventProxy, LetsGoWhoWaitsThoughItIsClearAgain) {
  Manager manager;
  const EventProxy event = manager.Event();
  EXPECT_FALSE(event.wait(0.001s));
  EXPECT_FALSE(event.wait(-1s));
  const SemaphoreProxy done = manager.Semaphore(0);
  bool gave = false;
  Thread waiter([&] {
    gave = event.wait();
    done.release();
  });
  waiter.start();
  do {
    event.set();
    event.clear();
  } while (!done.acquire(true, 0.001s));
  waiter.join();
  EXPECT_TRUE(gave);
  EXPECT_FALSE(event.is_set());
}

TEST(ConditionProxy, WantsItsLock) {
  Manager manager;
  const ConditionProxy condition = manager.Condition();
  EXPECT_THROW(condition.wait(), RuntimeError);
  EXPECT_THROW(condition.notify(), RuntimeError);
  EXPECT_THROW(condition.notify_all(), RuntimeError);
  EXPECT_THROW(condition.release(), RuntimeError);
  const With held(condition);
  EXPECT_FALSE(condition.wait(0.001s));
  EXPECT_FALSE(condition.wait(0s));
  EXPECT_FALSE(condition.wait_for([] { return false; }, 0.001s));
}

TEST(ConditionProxy, WakesTheLongestWaiting) {
  Manager manager;
  const ConditionProxy condition = manager.Condition();
  const ListProxy<int> order = manager.list<int>();
  const SemaphoreProxy here = manager.Semaphore(0);
  std::vector<Thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&, i] {
      const With held(condition);
      const With twice(condition);
      here.release();
      EXPECT_TRUE(condition.wait());
      order.append(i);
    });
    threads.back().start();
    here.acquire();
    const With waits_now(condition);
  }
  for (Thread& thread : threads) {
    {
      const With held(condition);
      condition.notify();
    }
    thread.join();
  }
  EXPECT_EQ(order.slice(), (std::vector<int>{0, 1}));
}

TEST(BarrierProxy, MeetsAndBreaks) {
  Manager manager;
  const BarrierProxy barrier = manager.Barrier(2);
  EXPECT_EQ(barrier.parties(), 2);
  int other = -1;
  Thread party([&] { other = barrier.wait(); });
  party.start();
  const int own = barrier.wait();
  party.join();
  EXPECT_EQ(own + other, 1);
  EXPECT_THROW(barrier.wait(0.001s), BrokenBarrierError);
  EXPECT_TRUE(barrier.broken());
  EXPECT_THROW(barrier.wait(), BrokenBarrierError);
  barrier.reset();
  EXPECT_FALSE(barrier.broken());
  barrier.abort();
  EXPECT_TRUE(barrier.broken());
  EXPECT_EQ(barrier.n_waiting(), 0);
  EXPECT_THROW(manager.Barrier(0), RemoteError);
}

TEST(BarrierProxy, HasATimeoutOfItsOwn) {
  Manager manager;
  const BarrierProxy barrier = manager.Barrier(2, 0.001s);
  EXPECT_THROW(barrier.wait(), BrokenBarrierError);
}

void acquire_and_end(LockProxy& lock) { lock.acquire(); }

// MGR-10.
TEST(LockProxy, StaysHeldWhenItsHolderEnds) {
  Manager manager;
  LockProxy lock = manager.Lock();
  Process holder(fn<&acquire_and_end>, args(lock));
  holder.start();
  holder.join();
  EXPECT_FALSE(lock.acquire(false));
  lock.release();
  EXPECT_THROW(lock.release(), RuntimeError);
}

void wait_for(LockProxy& lock, EventProxy& here) {
  here.set();
  lock.acquire();
}

TEST(LockProxy, IsNotGivenToAKilledWaiter) {
  Manager manager;
  LockProxy lock = manager.Lock();
  EventProxy here = manager.Event();
  lock.acquire();
  for (int i = 0; i < 5; ++i) {
    here.clear();
    Process waiter(fn<&wait_for>, args(lock, here));
    waiter.start();
    here.wait();
    waiter.kill();
    waiter.join();
  }
  lock.release();
  EXPECT_TRUE(lock.acquire(true, 5s));
}

}  // namespace
}  // namespace mp
