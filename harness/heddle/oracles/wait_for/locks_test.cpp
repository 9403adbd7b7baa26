// Waits for locks, semaphores and conditions, held in a circle or never given; and programs whose locks look
// held for ever and are not.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;

void acquire_both(mp::Lock& first, mp::Lock& second) {
  const mp::With outer(first);
  const mp::With inner(second);
}

TEST(LockWait, IsACircleOfTwoProcesses) {
  expect_finding(
      [] {
        mp::Lock a({.name = "a"});
        mp::Lock b({.name = "b"});
        auto first = start<&acquire_both>("first", a, b);
        auto second = start<&acquire_both>("second", b, a);
        first.join();
        second.join();
      },
      "deadlock", "b", {"main", "first", "second"});
}

TEST(LockWait, IsACircleOfMainAndItsThread) {
  expect_finding(
      [] {
        mp::Lock a({.name = "a"});
        mp::Lock b({.name = "b"});
        const auto thread = start_thread("thread", [&] { acquire_both(a, b); });
        acquire_both(b, a);
        thread.join();
      },
      "deadlock", "a", {"main", "main/thread"});
}

TEST(LockWait, IsACircleOfThree) {
  expect_finding(
      [] {
        mp::Lock a({.name = "a"});
        mp::Lock b({.name = "b"});
        mp::Lock c({.name = "c"});
        auto first = start<&acquire_both>("first", a, b);
        auto second = start<&acquire_both>("second", b, c);
        auto third = start<&acquire_both>("third", c, a);
        first.join();
        second.join();
        third.join();
      },
      "deadlock", "b", {"main", "first", "second", "third"});
}

TEST(LockWait, IsNoCircleInOneOrder) {
  expect_silence([] {
    mp::Lock a({.name = "a"});
    mp::Lock b({.name = "b"});
    auto first = start<&acquire_both>("first", a, b);
    auto second = start<&acquire_both>("second", a, b);
    acquire_both(a, b);
    first.join();
    second.join();
  });
}

void acquire_both_or_back_off(mp::Lock& first, mp::Lock& second) {
  while (true) {
    const mp::With outer(first);
    if (!second.acquire(true, 1s)) continue;
    second.release();
    return;
  }
}

TEST(LockWait, IsNoCircleWhenOneBacksOff) {
  expect_silence([] {
    mp::Lock a({.name = "a"});
    mp::Lock b({.name = "b"});
    auto first = start<&acquire_both_or_back_off>("first", a, b);
    auto second = start<&acquire_both>("second", b, a);
    first.join();
    second.join();
  });
}

TEST(LockWait, IsForItselfWhenAHolderAcquiresAgain) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        acquire_both(lock, lock);
      },
      "lock-self-deadlock", "lock", {"main"});
}

TEST(LockWait, IsForItselfWhileOthersWaitForTheLockToo) {
  const auto program = [] {
    mp::Lock lock({.name = "lock"});
    auto child = start<&acquire_both>("child", lock, lock);
    child.join();
    const mp::With held(lock);
  };
  expect_finding(program, "lock-self-deadlock", "lock", {"child", "main"});
  const std::string sentence = sentence_of(program);
  EXPECT_NE(sentence.find("child waits in lock.acquire("), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("for lock, which it has held itself since step"), std::string::npos) << sentence;
}

// Somebody else may release a Lock: to take it twice is to wait for that one, which is rarely meant.
TEST(LockWait, IsNotForItselfWhereAnotherReleases) {
  const Result result = explore(
      [] {
        mp::Lock lock({.name = "lock"});
        lock.acquire();
        auto child = start<[](mp::Lock& shared) { shared.release(); }>("child", lock);
        lock.acquire();
        child.join();
        lock.release();
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), Names{"lock-foreign-release"});
}

TEST(LockWait, IsNoneWhenTheHolderOfAnRLockAcquiresAgain) {
  expect_silence([] {
    mp::RLock lock({.name = "lock"});
    const mp::With outer(lock);
    const mp::With inner(lock);
    outcome("in");
  });
}

void wait_for(mp::Semaphore& signal) { signal.acquire(); }

TEST(LockWait, IsForASignalThatNobodyGives) {
  expect_finding(
      [] {
        mp::Semaphore signal(0, {.name = "signal"});
        auto child = start<&wait_for>("child", signal);
        child.join();
      },
      "deadlock", "signal", {"main", "child"});
}

TEST(LockWait, IsForASecondSignalAfterOne) {
  expect_finding(
      [] {
        mp::Semaphore signal(0, {.name = "signal"});
        auto child = start<&wait_for>("child", signal);
        signal.release();
        child.join();
        signal.acquire();
      },
      "deadlock", "signal", {"main"});
}

void wait_for_notification(mp::Condition& changed, mp::Value<int>& ready) {
  const mp::With held(changed);
  changed.wait_for([&] { return ready.value() == 1; });
}

TEST(LockWait, IsForANotificationThatNobodyGives) {
  expect_finding(
      [] {
        mp::Condition changed({.name = "changed"});
        mp::Value<int> ready(0, {.name = "ready"});
        auto child = start<&wait_for_notification>("child", changed, ready);
        child.join();
      },
      "deadlock", "changed", {"main", "child"});
}

TEST(LockWait, IsForANotificationThatReachesOneOfTwo) {
  expect_finding(
      [] {
        mp::Condition changed({.name = "changed"});
        const auto waits = [&] {
          const mp::With held(changed);
          changed.wait();
        };
        const auto first = start_thread("first", waits);
        const auto second = start_thread("second", waits);
        mp::sleep(1s);  // both wait by now
        {
          const mp::With held(changed);
          changed.notify();
        }
        first.join();
        second.join();
      },
      "deadlock", "changed", {"main", "main/second"});
}

void notify_all(mp::Condition& changed, mp::Value<int>& ready) {
  const mp::With held(changed);
  ready.value() = 1;
  changed.notify_all();
}

TEST(LockWait, IsNoneWhenAllAreNotified) {
  expect_silence([] {
    mp::Condition changed({.name = "changed"});
    mp::Value<int> ready(0, {.name = "ready"});
    auto first = start<&wait_for_notification>("first", changed, ready);
    auto second = start<&wait_for_notification>("second", changed, ready);
    auto notifier = start<&notify_all>("notifier", changed, ready);
    first.join();
    second.join();
    notifier.join();
  });
}

// Holds the lock of a condition of which it knows nothing.
void hold_for_a_while(mp::Lock& lock) {
  const mp::With held(lock);
  mp::sleep(1s);
}

TEST(LockWait, IsNoneWhenAWaiterHasToWaitForTheLockOnceNotified) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    mp::Condition changed(lock, {.name = "changed"});
    mp::Value<int> ready(0, {.name = "ready"});
    auto waiter = start<&wait_for_notification>("waiter", changed, ready);
    auto holder = start<&hold_for_a_while>("holder", lock);
    auto notifier = start<&notify_all>("notifier", changed, ready);
    notifier.join();
    waiter.join();
    holder.join();
  });
}

void hold_for_a_second(mp::DataLock& lock) {
  const mp::With held(lock);
  mp::sleep(1s);
}

void set_to_one(mp::Value<int>& value) { value.value() = 1; }

TEST(Deadlock, IsNoneWhileSomebodyHasOnlyTheLockOfAValue) {
  expect_silence([] {
    mp::Value<int> value(0, {.name = "value"});
    auto holder = start<&hold_for_a_second>("holder", value.get_lock());
    auto writer = start<&set_to_one>("writer", value);
    writer.join();
    holder.join();
  });
}

// VAL-06: a Lock of the caller's is not recursive.
TEST(LockWait, IsForItselfInAValueThatWasGivenTheLock) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Value<int> value(0, {.name = "value", .lock = lock});
        const mp::With held(value.get_lock());
        value.value() = 1;
      },
      "lock-self-deadlock", "lock", {"main"});
}

TEST(LockWait, IsForItselfInAnArrayThatWasGivenTheLock) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Array<int> array(2, {.name = "array", .lock = lock});
        const mp::With held(array);
        array[1] += 1;
      },
      "lock-self-deadlock", "lock", {"main"});
}

TEST(Deadlock, IsNoneWhileSomebodyHasOnlyTheLockOfAnArray) {
  expect_silence([] {
    mp::Array<int> array(1, {.name = "array"});
    auto holder = start<&hold_for_a_second>("holder", array.get_lock());
    auto writer = start<[](mp::Array<int>& shared) { shared[0] = 1; }>("writer", array);
    writer.join();
    holder.join();
  });
}

}  // namespace
}  // namespace heddle
