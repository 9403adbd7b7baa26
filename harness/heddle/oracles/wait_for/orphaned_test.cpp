// Locks whose holder is no more, however it ended and however it had come by them; and locks that are free,
// or will be, although their holder is gone.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;

void acquire_and_end(mp::Lock& lock) { lock.acquire(); }

TEST(LockOrphaned, WhenItsHolderEndsNormally) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        start<&acquire_and_end>("holder", lock).join();
        lock.acquire();
      },
      "lock-orphaned", "lock", {"main", "holder"});
}

void acquire_and_throw(mp::Lock& lock) {
  lock.acquire();
  throw mp::RuntimeError("gone");
}

TEST(LockOrphaned, WhenItsHolderEndsByAnException) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        auto holder = start<&acquire_and_throw>("holder", lock);
        holder.join();
        check(holder.exitcode() == 1, "it failed");
        lock.acquire();
      },
      "lock-orphaned", "lock", {"main", "holder"});
}

TEST(LockOrphaned, WhenItsHolderIsAThreadThatEnds) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        const auto holder = start_thread("holder", [&] { lock.acquire(); });
        holder.join();
        lock.acquire();
      },
      "lock-orphaned", "lock", {"main", "main/holder"});
}

void acquire_twice_release_once(mp::RLock& lock) {
  lock.acquire();
  lock.acquire();
  lock.release();
}

TEST(LockOrphaned, WhenAnRLockIsReleasedLessOftenThanAcquired) {
  expect_finding(
      [] {
        mp::RLock lock({.name = "lock"});
        start<&acquire_twice_release_once>("holder", lock).join();
        lock.acquire();
      },
      "lock-orphaned", "lock", {"main", "holder"});
}

TEST(LockOrphaned, WhenItsHolderHadToWaitForIt) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        lock.acquire();
        auto holder = start<&acquire_and_end>("holder", lock);
        mp::sleep(1s);  // the holder waits by now
        lock.release();
        holder.join();
        lock.acquire();
      },
      "lock-orphaned", "lock", {"main", "holder"});
}

void wait_and_end(mp::Condition& changed, mp::Semaphore& waiting) {
  changed.acquire();
  waiting.release();
  changed.wait();
}

TEST(LockOrphaned, WhenItsHolderGotItBackFromAWait) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Condition changed(lock, {.name = "changed"});
        mp::Semaphore waiting(0, {.name = "waiting"});
        auto holder = start<&wait_and_end>("holder", changed, waiting);
        waiting.acquire();
        {
          const mp::With held(changed);
          changed.notify();
        }
        holder.join();
        lock.acquire();
      },
      "lock-orphaned", "lock", {"main", "holder"});
}

void hold_for_long(mp::Lock& lock, mp::Semaphore& holding) {
  const mp::With held(lock);
  holding.release();
  mp::sleep(100s);
}

void want(mp::Lock& lock) { const mp::With held(lock); }

TEST(LockOrphaned, WhenItsHolderIsKilledWhileMainGoesOn) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Semaphore holding(0, {.name = "holding"});
        auto holder = start<&hold_for_long>("holder", lock, holding);
        holding.acquire();
        holder.kill();
        auto worker = start<&want>("worker", lock);
        mp::sleep(1s);  // main could release the lock and has no reason to
        worker.join();
      },
      "lock-orphaned", "lock", {"main", "worker", "holder"});
}

TEST(LockOrphaned, WhenItsWaiterIsKilledInTheEnd) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Semaphore holding(0, {.name = "holding"});
        auto holder = start<&hold_for_long>("holder", lock, holding);
        holding.acquire();
        auto worker = start<&want>("worker", lock);
        holder.terminate();
        worker.join(5s);
        if (worker.is_alive()) worker.terminate();
      },
      "lock-orphaned", "lock", {"worker", "holder"});
}

TEST(LockOrphaned, WhenMainPollsItsWaiterForEver) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Semaphore holding(0, {.name = "holding"});
        auto holder = start<&hold_for_long>("holder", lock, holding);
        holding.acquire();
        holder.kill();
        auto worker = start<&want>("worker", lock);
        while (worker.is_alive()) mp::sleep(1s);
      },
      "lock-orphaned", "lock", {"worker", "holder"});
}

void acquire_notify_and_end(mp::Condition& changed) {
  changed.acquire();
  changed.notify_all();
}

TEST(LockOrphaned, WhenANotifierKeepsTheLockFromWhomItNotified) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Condition changed(lock, {.name = "changed"});
        changed.acquire();
        auto notifier = start<&acquire_notify_and_end>("notifier", changed);
        changed.wait();
        notifier.join();
      },
      "lock-orphaned", "lock", {"main", "notifier"});
}

TEST(LockOrphaned, WhenItsHolderIsADaemonThatEndsWithMain) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Semaphore holding(0, {.name = "holding"});
        auto holder = start_daemon<&hold_for_long>("holder", lock, holding);
        holding.acquire();
        auto worker = start<[](mp::Lock& wanted) {
          mp::sleep(1s);  // main is ending by now, and has ended the holder
          want(wanted);
        }>("worker", lock);
      },
      "lock-orphaned", "lock", {"main", "worker", "holder"});
}

TEST(LockOrphaned, WhenAFaultStrikesItsHolder) {
  Options options = options_of(2'000);
  options.run.faults = {ChoiceKind::kill};
  options.run.faults_max = 1;
  const Result result = explore(
      [] {
        mp::Lock lock({.name = "lock"});
        auto first = start<&want>("first", lock);
        auto second = start<&want>("second", lock);
        first.join();
        second.join();
      },
      options);
  EXPECT_EQ(rules_of(result), Names{"lock-orphaned"});
}

TEST(LockOrphaned, IsNoneWhenWaitersGiveUp) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    mp::Semaphore holding(0, {.name = "holding"});
    auto holder = start<&hold_for_long>("holder", lock, holding);
    holding.acquire();
    holder.kill();
    outcome(lock.acquire(true, 1s) ? "acquired" : "gave up");
  });
}

TEST(LockOrphaned, IsNoneWhenMainReleasesItForTheKilled) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    mp::Semaphore holding(0, {.name = "holding"});
    auto holder = start<&hold_for_long>("holder", lock, holding);
    holding.acquire();
    auto worker = start<&want>("worker", lock);
    holder.kill();
    holder.join();
    if (holder.exitcode() == -9) lock.release();
    worker.join();
  });
}

void want_for_ever(mp::Lock& lock) {
  while (true) want(lock);
}

TEST(LockOrphaned, IsNoneWhenDaemonsThatShareItEndWithMain) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    auto first = start_daemon<&want_for_ever>("first", lock);
    auto second = start_daemon<&want_for_ever>("second", lock);
    want(lock);
  });
}

TEST(LockOrphaned, IsNoneWhenAnotherReleasesTheLockAsASignal) {
  const auto program = [] {
    mp::Lock lock({.name = "lock"});
    start<&acquire_and_end>("first", lock).join();
    auto waiter = start<&want>("waiter", lock);
    start<[](mp::Lock& held) { held.release(); }>("second", lock).join();
    waiter.join();
  };
  EXPECT_EQ(rules_of(explore(program, options_of(500))), Names{"lock-foreign-release"});
}

TEST(LockOrphaned, IsNoneWhenAnExceptionUnwindsTheHolder) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    auto holder = start<[](mp::Lock& held) {
      const mp::With scope(held);
      throw mp::RuntimeError("unwound");
    }>("holder", lock);
    holder.join();
    const mp::With held(lock);
    check(holder.exitcode() == 1, "it failed");
  });
}

TEST(LockOrphaned, IsNoneWhenAKilledProcessHadReleasedIt) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    mp::Semaphore released(0, {.name = "released"});
    auto holder = start<[](mp::Lock& held, mp::Semaphore& told) {
      want(held);
      told.release();
      mp::sleep(100s);
    }>("holder", lock, released);
    released.acquire();
    holder.kill();
    auto worker = start<&want>("worker", lock);
    want(lock);
    worker.join();
    holder.join();
  });
}

// Struck inside an operation that takes a Value's lock: it leaves the lock behind, and nobody waits for it.
TEST(LockOrphaned, IsNoneWhenOnlyTheVictimItselfWantedTheLock) {
  const auto body = [] {
    mp::Value<int> value(0, {.name = "value"});
    auto victim = start<[](mp::Value<int>& counted) { counted.value() = 1; }>("victim", value);
    victim.terminate();
    victim.join();
    static_cast<void>(victim.exitcode());
  };
  const Result result = explore(body, {.strategy = "exhaustive", .run = {.granularity = Granularity::os}});
  EXPECT_TRUE(result.coverage.exhausted);
  EXPECT_EQ(rules_of(result), Names{});
}

}  // namespace
}  // namespace heddle
