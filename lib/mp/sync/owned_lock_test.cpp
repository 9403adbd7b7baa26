// The lock that names its holder, on the real Os. That no kill between two Os calls costs a wake-up is shown
// in the simulated world (corpus/contract/kill_safety_test.cpp).
#include <mp/sync/owned_lock.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/shared/shared_block.hpp>
#include <mp/sync/semaphore.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;
using Outcome = OwnedLock::Outcome;

/// The lock in shared memory, with a number that it protects.
struct Guarded {
  OwnedLock lock;
  Word total;
};

/// A handle of it that crosses to children.
class Box {
 public:
  Box() = default;
  Guarded* operator->() const { return block_.get(); }
  void encode(Encoder& encoder) const { block_.encode(encoder, "Box"); }
  static Box decode(Decoder& decoder) { return Box(SharedBlock<Guarded>::decode(decoder)); }

 private:
  explicit Box(SharedBlock<Guarded> block) : block_(std::move(block)) {}
  SharedBlock<Guarded> block_;
};

TEST(OwnedLock, IsTakenInOneAttemptWhenFree) {
  OwnedLock lock;
  EXPECT_EQ(lock.holder(os()), ProcessId::none);
  EXPECT_EQ(lock.acquire(os(), immediately), Outcome::acquired);
  EXPECT_EQ(lock.holder(os()), os().process_id());
  EXPECT_EQ(lock.acquire(os(), immediately), Outcome::timed_out);
}

TEST(OwnedLock, IsReleasedOnce) {
  OwnedLock lock;
  lock.acquire(os());
  EXPECT_TRUE(lock.release(os()));
  EXPECT_FALSE(lock.release(os()));
  EXPECT_EQ(lock.acquire(os(), immediately), Outcome::acquired);
}

TEST(OwnedLock, GivesUpAtTheDeadlineAndNotBefore) {
  OwnedLock lock;
  lock.acquire(os());
  const Instant deadline = os().now() + 50ms;
  EXPECT_EQ(lock.acquire(os(), deadline), Outcome::timed_out);
  EXPECT_GE(os().now(), deadline);
  EXPECT_TRUE(lock.release(os()));
}

void take_and_wait(Box& box, Semaphore& taken, Semaphore& never_released) {
  box->lock.acquire(os());
  taken.release();
  never_released.acquire();
}

struct Victim {
  Box box;
  Semaphore taken{0};
  Semaphore never_released{0};
  Process process{fn<&take_and_wait>, args(box, taken, never_released)};

  Victim() {
    process.start();
    taken.acquire();
  }
  void kill() {
    process.kill();
    process.join();
  }
};

TEST(OwnedLock, IsTakenOverFromAKilledHolderOnce) {
  Victim victim;
  EXPECT_EQ(victim.box->lock.acquire(os(), immediately), Outcome::timed_out);
  victim.kill();
  EXPECT_EQ(victim.box->lock.acquire(os(), immediately), Outcome::owner_died_acquired);
  EXPECT_TRUE(victim.box->lock.release(os()));
  EXPECT_EQ(victim.box->lock.acquire(os(), immediately), Outcome::acquired);
}

TEST(OwnedLock, TellsOneOfManySleepersThatItsHolderWasKilled) {
  Victim victim;
  constexpr int takers = 4;
  std::vector<Outcome> outcomes(takers);
  std::vector<Thread> threads;
  for (int i = 0; i < takers; ++i) {
    threads.emplace_back([&, i] {
      outcomes[static_cast<std::size_t>(i)] = victim.box->lock.acquire(os());
      victim.box->lock.release(os());
    });
  }
  for (Thread& thread : threads) thread.start();
  victim.kill();
  for (Thread& thread : threads) thread.join();
  EXPECT_EQ(std::ranges::count(outcomes, Outcome::owner_died_acquired), 1);
  EXPECT_EQ(std::ranges::count(outcomes, Outcome::acquired), takers - 1);
}

void add_often(Box& box, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    box->lock.acquire(os());
    os().store(box->total, os().load(box->total) + 1);
    box->lock.release(os());
  }
}

TEST(OwnedLock, ExcludesProcessesFromEachOther) {
  Box box;
  std::vector<Process> processes;
  for (int i = 0; i < 4; ++i) processes.emplace_back(fn<&add_often>, args(box, 2000));
  for (Process& process : processes) process.start();
  for (Process& process : processes) process.join();
  EXPECT_EQ(os().load(box->total), 8000U);
}

TEST(OwnedLock, IsTakenOverAtOnceWhenItWasAbandoned) {
  OwnedLock lock;
  lock.acquire(os());
  lock.abandon(os());
  EXPECT_EQ(lock.acquire(os(), immediately), OwnedLock::Outcome::owner_died_acquired);
  lock.release(os());
  EXPECT_EQ(lock.acquire(os(), immediately), OwnedLock::Outcome::acquired);
}

}  // namespace
}  // namespace mp
