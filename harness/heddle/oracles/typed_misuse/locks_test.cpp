// Releases that are one too many or another's to make, and conditions used without their lock; each with a
// twin that does it right.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/rejection.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;

// --- lock-over-release ------------------------------------------------------------------------------------

TEST(LockOverRelease, IsToldWithEveryonesCounts) {
  expect_rejection(
      [] {
        mp::Lock lock({.name = "lock"});
        start<[](mp::Lock& shared) { const mp::With held(shared); }>("worker", lock).join();
        swallow([&] { lock.release(); });
      },
      "lock-over-release", "lock", "main",
      "worker had acquired it 1 time and released it 1 time; the last to release it was worker in step");
}

TEST(LockOverRelease, IsFoundOfALockThatNobodyTook) {
  expect_rejection(
      [] {
        mp::Lock lock({.name = "lock"});
        swallow([&] { lock.release(); });
      },
      "lock-over-release", "lock", "main", "nobody had acquired it");
}

TEST(LockOverRelease, IsFoundOfAManagedLock) {
  expect_rejection(
      [] {
        mp::Manager manager;
        const mp::LockProxy lock = manager.Lock("lock");
        lock.acquire();
        lock.release();
        swallow([&] { lock.release(); });
      },
      "lock-over-release", "lock", "main", "main had acquired it 1 time and released it 1 time");
}

void work(mp::Lock& lock) {
  const mp::With held(lock);
  outcome("in");
}

TEST(LockOverRelease, IsNoneWhereEachReleasesWhatItTook) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    auto worker = start<&work>("worker", lock);
    if (lock.acquire(true, 1s)) lock.release();
    worker.join();
  });
}

// --- semaphore-over-release -------------------------------------------------------------------------------

TEST(SemaphoreOverRelease, IsToldWithEveryonesCounts) {
  expect_rejection(
      [] {
        mp::BoundedSemaphore permits(2, {.name = "permits"});
        start<[](mp::BoundedSemaphore& shared) {
          shared.acquire();
          shared.release();
          swallow([&] { shared.release(); });
        }>("worker", permits)
            .join();
      },
      "semaphore-over-release", "permits", "worker", "worker had acquired it 1 time and released it 1 time");
}

TEST(SemaphoreOverRelease, IsFoundOfAManagedSemaphore) {
  expect_rejection(
      [] {
        mp::Manager manager;
        const mp::BoundedSemaphoreProxy permits = manager.BoundedSemaphore(1, "permits");
        swallow([&] { permits.release(); });
      },
      "semaphore-over-release", "permits", "main", "nobody had acquired it");
}

TEST(SemaphoreOverRelease, IsNoneOfASemaphoreWithoutABound) {
  expect_silence([] {
    mp::Semaphore items(0, {.name = "items"});
    auto producer = start<[](mp::Semaphore& shared) {
      shared.release();
      shared.release();
    }>("producer", items);
    items.acquire();
    items.acquire();
    producer.join();
  });
}

TEST(SemaphoreOverRelease, IsNoneWhereAnotherGivesThePermitBack) {
  expect_silence([] {
    mp::BoundedSemaphore permits(1, {.name = "permits"});
    permits.acquire();
    auto worker = start<[](mp::BoundedSemaphore& shared) { shared.release(); }>("worker", permits);
    permits.acquire();
    worker.join();
    permits.release();
  });
}

// --- rlock-foreign-release --------------------------------------------------------------------------------

void release_unowned(mp::RLock& lock) {
  swallow([&] { lock.release(); });
}

TEST(RLockForeignRelease, IsToldWithWhoHoldsIt) {
  expect_rejection(
      [] {
        mp::RLock lock({.name = "lock"});
        const mp::With held(lock);
        start<&release_unowned>("child", lock).join();
      },
      "rlock-foreign-release", "lock", "child", "not owned by thread; main has held it since step");
}

TEST(RLockForeignRelease, IsFoundOfALockThatNobodyHolds) {
  expect_rejection(
      [] {
        mp::RLock lock({.name = "lock"});
        lock.acquire();
        lock.release();
        release_unowned(lock);
      },
      "rlock-foreign-release", "lock", "main", "nobody holds it");
}

TEST(RLockForeignRelease, IsNoneOfTheOwnerAsOftenAsItTookIt) {
  expect_silence([] {
    mp::RLock lock({.name = "lock"});
    const mp::With outer(lock);
    const mp::With inner(lock);
    outcome("in");
  });
}

// --- condition-without-lock -------------------------------------------------------------------------------

TEST(ConditionWithoutLock, IsToldWithWhoHoldsTheLock) {
  expect_rejection(
      [] {
        mp::Condition changed({.name = "changed"});
        const mp::With held(changed);
        start<[](mp::Condition& shared) { swallow([&] { shared.notify(); }); }>("child", changed).join();
      },
      "condition-without-lock", "changed", "child", "lock is not owned; main has held its lock since step");
}

TEST(ConditionWithoutLock, IsAWaitToo) {
  expect_rejection(
      [] {
        mp::Condition changed({.name = "changed"});
        swallow([&] { changed.wait(1s); });
      },
      "condition-without-lock", "changed", "main", "nobody holds its lock");
}

TEST(ConditionWithoutLock, IsFoundOfAManagedCondition) {
  expect_rejection(
      [] {
        mp::Manager manager;
        const mp::ConditionProxy changed = manager.Condition("changed");
        swallow([&] { changed.notify_all(); });
      },
      "condition-without-lock", "changed", "main", "nobody holds its lock");
}

void wait_until_ready(mp::Condition& changed, mp::Value<int>& ready) {
  const mp::With held(changed);
  changed.wait_for([&] { return ready.value() == 1; });
}

TEST(ConditionWithoutLock, IsNoneOfWhoWaitsAndNotifiesWithTheLock) {
  expect_silence([] {
    mp::Condition changed({.name = "changed"});
    mp::Value<int> ready(0, {.name = "ready"});
    auto waiter = start<&wait_until_ready>("waiter", changed, ready);
    {
      const mp::With held(changed);
      ready.value() = 1;
      changed.notify_all();
    }
    waiter.join();
  });
}

}  // namespace
}  // namespace heddle
