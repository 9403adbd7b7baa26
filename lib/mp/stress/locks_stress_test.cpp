// Eight processes on one lock, semaphore, condition, event or barrier: nothing is lost, nobody is let in who
// should not be.
#include <mp/stress/crowd.hpp>

namespace mp::stress {
namespace {

using Counter = Value<std::int64_t>;

// A read and a write with the value's own lock free in between: exact under the tested lock alone.
void count_one(Counter& counter) { counter.value() = counter.value() + 1; }

template <class L>
void count_under(L& lock, Counter& counter) {
  for (int i = 0; i < operations(); ++i) {
    const With held(lock);
    count_one(counter);
  }
}

TEST_F(Stress, ALockLosesNoUpdate) {
  Lock lock;
  Counter counter(0);
  run_crowd<&count_under<Lock>>(crowd_size, lock, counter);
  EXPECT_EQ(counter.value(), std::int64_t{crowd_size} * operations());
}

void count_under_nested(RLock& lock, Counter& counter) {
  for (int i = 0; i < operations(); ++i) {
    const With outer(lock);
    const With inner(lock);
    count_one(counter);
  }
}

TEST_F(Stress, AnRLockLosesNoUpdate) {
  RLock lock;
  Counter counter(0);
  run_crowd<&count_under_nested>(crowd_size, lock, counter);
  EXPECT_EQ(counter.value(), std::int64_t{crowd_size} * operations());
}

constexpr int permits = 3;

template <class S>
void be_few_inside(S& semaphore, Counter& inside) {
  for (int i = 0; i < operations(); ++i) {
    const With held(semaphore);
    {
      const With counting(inside);
      count_one(inside);
      if (inside.value() > permits) exit("more are inside than there are permits");
    }
    const With counting(inside);
    inside.value() = inside.value() - 1;
  }
}

TEST_F(Stress, ASemaphoreLetsNoMoreInThanItHasPermits) {
  Semaphore semaphore(permits);
  Counter inside(0);
  run_crowd<&be_few_inside<Semaphore>>(crowd_size, semaphore, inside);
  EXPECT_EQ(semaphore.get_value(), permits);
  EXPECT_EQ(inside.value(), 0);
}

// Every fourth time one release too many is tried as well: it is refused, or undoes somebody's acquire, who
// is then refused in turn. So as many releases succeed as acquires did, and never one more.
void release_too_often(BoundedSemaphore& semaphore, Counter& balance) {
  std::int64_t mine = 0;
  for (int i = 0; i < operations(); ++i) {
    mine += semaphore.acquire(false) ? 1 : 0;
    for (int release = 0; release < 1 + (i % 4 == 0 ? 1 : 0); ++release) {
      try {
        semaphore.release();
        --mine;
      } catch (const ValueError&) {
      }
    }
  }
  const With held(balance);
  balance.value() = balance.value() + mine;
}

TEST_F(Stress, ABoundedSemaphoreIsNeverAboveItsBound) {
  BoundedSemaphore semaphore(permits);
  Counter balance(0);
  run_crowd<&release_too_often>(crowd_size, semaphore, balance);
  EXPECT_LE(semaphore.get_value(), permits);
  EXPECT_EQ(balance.value(), permits - semaphore.get_value());
}

constexpr std::int64_t shelf = 4;  // how much a buffer of the next test holds

void fill(Condition& changed, Counter& stock) {
  for (int i = 0; i < operations(); ++i) {
    const With held(changed);
    changed.wait_for([&] { return stock.value() < shelf; });
    count_one(stock);
    changed.notify_all();
  }
}

void drain(Condition& changed, Counter& stock) {
  for (int i = 0; i < operations(); ++i) {
    const With held(changed);
    changed.wait_for([&] { return stock.value() > 0; });
    stock.value() = stock.value() - 1;
    changed.notify_all();
  }
}

TEST_F(Stress, AConditionWakesWhoeverCanGoOn) {
  Condition changed;
  Counter stock(0);
  Process filling(fn<[](Condition& condition, Counter& counter) {
                    run_crowd<&fill>(crowd_size / 2, condition, counter);
                    if (testing::Test::HasFailure()) exit(1);
                  }>,
                  args(changed, stock));
  filling.start();
  run_crowd<&drain>(crowd_size / 2, changed, stock);
  filling.join();
  EXPECT_EQ(filling.exitcode(), 0);
  EXPECT_EQ(stock.value(), 0);
}

void answer(Event& asked, Event& answered) {
  for (int i = 0; i < operations(); ++i) {
    asked.wait();
    asked.clear();
    answered.set();
  }
}

TEST_F(Stress, AnEventReleasesItsWaiterEachTime) {
  Event asked;
  Event answered;
  Process other(fn<&answer>, args(asked, answered));
  other.start();
  for (int i = 0; i < operations(); ++i) {
    asked.set();
    ASSERT_TRUE(answered.wait());
    answered.clear();
  }
  other.join();
  EXPECT_EQ(other.exitcode(), 0);
}

// Nobody comes out of a generation before all have come to it, and one of them is its first.
void meet_often(Barrier& barrier, Counter& arrived, Counter& firsts) {
  for (std::int64_t generation = 1; generation <= operations(); ++generation) {
    {
      const With held(arrived);
      count_one(arrived);
    }
    if (barrier.wait() == 0) {
      const With held(firsts);
      count_one(firsts);
    }
    if (arrived.value() < generation * crowd_size) exit("a barrier let somebody pass too early");
  }
}

TEST_F(Stress, ABarrierLetsAllPassOrNone) {
  Barrier barrier(crowd_size);
  Counter arrived(0);
  Counter firsts(0);
  run_crowd<&meet_often>(crowd_size, barrier, arrived, firsts);
  EXPECT_EQ(arrived.value(), std::int64_t{crowd_size} * operations());
  EXPECT_EQ(firsts.value(), operations());
  EXPECT_EQ(barrier.n_waiting(), 0);
}

}  // namespace
}  // namespace mp::stress
