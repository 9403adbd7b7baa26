// Lock, RLock and With across threads and processes, on the real Os.
#include <mp/sync/lock.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <vector>

#include <mp/errors.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

/// An int that processes share and nothing protects.
class Tally {
 public:
  Tally() = default;
  void increment() { set(get() + 1); }
  int get() const {
    Cell<int> copy;
    os().load_cell(block_.get(), std::as_writable_bytes(std::span(&copy, 1)));
    return copy.value;
  }
  void encode(Encoder& encoder) const { block_.encode(encoder, "Tally"); }
  static Tally decode(Decoder& decoder) { return Tally(SharedBlock<Cell<int>>::decode(decoder)); }

 private:
  explicit Tally(SharedBlock<Cell<int>> block) : block_(std::move(block)) {}
  void set(int value) { os().store_cell(block_.get(), std::as_bytes(std::span(&value, 1))); }
  SharedBlock<Cell<int>> block_;
};

template <class L>
bool another_thread_can_take(L& lock) {
  bool taken = false;
  Thread other([&] {
    taken = lock.acquire(false);
    if (taken) lock.release();
  });
  other.start();
  other.join();
  return taken;
}

int run(Process& process) {
  process.start();
  process.join();
  return process.exitcode().value_or(-1000);
}

void increment_often(Lock& lock, Tally& tally) {
  for (int i = 0; i < 2000; ++i) {
    const With held(lock);
    tally.increment();
  }
}

TEST(Lock, ExcludesFourProcessesFromEachOther) {
  Lock lock;
  Tally tally;
  std::vector<Process> processes;
  for (int i = 0; i < 4; ++i) processes.emplace_back(fn<&increment_often>, args(lock, tally));
  for (Process& process : processes) process.start();
  for (Process& process : processes) process.join();
  EXPECT_EQ(tally.get(), 8000);
}

TEST(Lock, IsNotReentrant) {
  Lock lock;
  EXPECT_TRUE(lock.acquire());
  EXPECT_FALSE(lock.acquire(false));
  EXPECT_FALSE(lock.acquire(true, 0.001s));
}

TEST(Lock, TakesNegativeTimeoutsForOneAttempt) {
  Lock lock;
  EXPECT_TRUE(lock.acquire(true, -1s));
  EXPECT_FALSE(lock.acquire(true, -1s));
}

TEST(Lock, IgnoresTheTimeoutUnlessItBlocks) {
  Lock lock;
  lock.acquire();
  EXPECT_FALSE(lock.acquire(false, 1000s));
}

TEST(Lock, RejectsAReleaseByNobody) {
  Lock lock;
  EXPECT_THROW(lock.release(), ValueError);
  EXPECT_TRUE(lock.acquire(false));
}

TEST(Lock, MayBeReleasedByAnyThread) {
  Lock lock;
  lock.acquire();
  Thread other([&] { lock.release(); });
  other.start();
  other.join();
  EXPECT_TRUE(lock.acquire(false));
}

void release(Lock& lock) { lock.release(); }

TEST(Lock, HeldBeforeAForkIsHeldForTheChildWhichMayReleaseIt) {
  Lock lock;
  lock.acquire();
  Process child(fn<&release>, args(lock));
  EXPECT_EQ(run(child), 0);
  EXPECT_TRUE(lock.acquire(false));
}

void acquire_and_end(Lock& lock) { lock.acquire(); }

TEST(Lock, StaysHeldWhenItsHolderEnds) {
  Lock lock;
  Process child(fn<&acquire_and_end>, args(lock));
  EXPECT_EQ(run(child), 0);
  EXPECT_FALSE(lock.acquire(false));
}

TEST(Lock, DoesNotCrossInAMessage) {
  const Lock lock;
  EXPECT_THROW(encode_message(lock), RuntimeError);
}

TEST(RLock, NeedsAsManyReleasesAsItsOwnerAcquired) {
  RLock lock;
  EXPECT_TRUE(lock.acquire());
  EXPECT_TRUE(lock.acquire(false));
  lock.release();
  EXPECT_FALSE(another_thread_can_take(lock));
  lock.release();
  EXPECT_TRUE(another_thread_can_take(lock));
}

TEST(RLock, RejectsAReleaseByAnotherThread) {
  RLock lock;
  lock.acquire();
  bool rejected = false;
  Thread other([&] {
    try {
      lock.release();
    } catch (const AssertionError&) {
      rejected = true;
    }
  });
  other.start();
  other.join();
  EXPECT_TRUE(rejected);
  EXPECT_FALSE(another_thread_can_take(lock));
}

TEST(RLock, RejectsAReleaseByNobody) {
  RLock lock;
  EXPECT_THROW(lock.release(), AssertionError);
}

void try_as_child(RLock& lock) {
  if (lock.acquire(false)) exit(3);
  try {
    lock.release();
    exit(4);
  } catch (const AssertionError&) {
  }
}

TEST(RLock, IsNotOwnedByAChildBornWhileItsParentOwnsIt) {
  RLock lock;
  lock.acquire();
  Process child(fn<&try_as_child>, args(lock));
  EXPECT_EQ(run(child), 0);
  lock.release();
}

TEST(RLock, OfManyHeldAtOnceEachKeepsItsDepth) {
  std::vector<RLock> locks(20);
  for (RLock& lock : locks) {
    lock.acquire();
    lock.acquire();
  }
  for (RLock& lock : locks) lock.release();
  for (RLock& lock : locks) EXPECT_FALSE(another_thread_can_take(lock));
  for (RLock& lock : locks) lock.release();
  for (RLock& lock : locks) EXPECT_TRUE(another_thread_can_take(lock));
}

TEST(RLock, OfSeveralHeldMayBeReleasedFirstToLast) {
  std::array<RLock, 3> locks;
  Thread fresh([&] {  // one that holds nothing yet
    for (RLock& lock : locks) lock.acquire();
    for (RLock& lock : locks) EXPECT_NO_THROW(lock.release());
    for (RLock& lock : locks) EXPECT_THROW(lock.release(), AssertionError);
  });
  fresh.start();
  fresh.join();
}

TEST(RLock, IsNotOwnedBecauseAnotherWasThatIsGone) {
  for (int i = 0; i < 3; ++i) {
    RLock lock;
    EXPECT_THROW(lock.release(), AssertionError);
    lock.acquire();
  }
}

TEST(With, HoldsForTheScopeAndReleasesWhenAnExceptionLeavesIt) {
  Lock lock;
  try {
    const With held(lock);
    EXPECT_FALSE(lock.acquire(false));
    throw ValueError("leaves");
  } catch (const ValueError&) {
  }
  EXPECT_TRUE(lock.acquire(false));
}

TEST(With, LetsTheRejectionOfItsReleaseOut) {
  Lock lock;
  EXPECT_THROW(
      {
        const With held(lock);
        lock.release();
      },
      ValueError);
}

}  // namespace
}  // namespace mp
