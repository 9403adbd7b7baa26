// Waits for locks, semaphores and conditions, held in a circle or never given; and programs whose locks look
// held for ever and are not.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <set>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using Names = std::set<std::string>;

Options options_of(std::uint64_t executions) {
  return {.budget = {.executions = executions}, .findings_max = 8};
}

// The rules found; how the exploration went wrong, if it did.
Names rules_of(const Result& result) {
  Names rules;
  if (const auto* failed = std::get_if<Failed>(&result.verdict))
    for (const Failure& failure : failed->failures) rules.insert(failure.finding.rule);
  if (const auto* broken = std::get_if<Broken>(&result.verdict)) rules.insert(broken->why);
  if (const auto* gave_up = std::get_if<GaveUp>(&result.verdict)) rules.insert(gave_up->why);
  return rules;
}

void expect_silence(void (*program)()) { EXPECT_EQ(rules_of(explore(program, options_of(500))), Names{}); }

// Exactly this rule, about this object, with these parties.
void expect_stuck(void (*program)(), const std::string& rule, const std::string& object,
                  const Names& parties) {
  const Result result = explore(program, options_of(200));
  ASSERT_EQ(rules_of(result), Names{rule});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.object, object) << finding.sentence;
  EXPECT_EQ(finding.harm, Harm::seen);
  Names who;
  for (const Party& party : finding.parties) who.insert(party.who);
  EXPECT_EQ(who, parties) << finding.sentence;
}

template <auto target, class... A>
mp::Process start(std::string_view name, A&... arguments) {
  mp::Process process(mp::fn<target>, mp::args(arguments...), {.name = name});
  process.start();
  return process;
}

template <class Body>
mp::Thread start_thread(std::string_view name, Body body) {
  mp::Thread thread(body, {.name = name});
  thread.start();
  return thread;
}

void acquire_both(mp::Lock& first, mp::Lock& second) {
  const mp::With outer(first);
  const mp::With inner(second);
}

TEST(LockWait, IsACircleOfTwoProcesses) {
  expect_stuck(
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
  expect_stuck(
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
  expect_stuck(
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
  expect_stuck(
      [] {
        mp::Lock lock({.name = "lock"});
        acquire_both(lock, lock);
      },
      "deadlock", "lock", {"main"});
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
  expect_stuck(
      [] {
        mp::Semaphore signal(0, {.name = "signal"});
        auto child = start<&wait_for>("child", signal);
        child.join();
      },
      "deadlock", "signal", {"main", "child"});
}

TEST(LockWait, IsForASecondSignalAfterOne) {
  expect_stuck(
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
  expect_stuck(
      [] {
        mp::Condition changed({.name = "changed"});
        mp::Value<int> ready(0, {.name = "ready"});
        auto child = start<&wait_for_notification>("child", changed, ready);
        child.join();
      },
      "deadlock", "changed", {"main", "child"});
}

TEST(LockWait, IsForANotificationThatReachesOneOfTwo) {
  expect_stuck(
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

void hold_for_a_second(mp::RLock& lock) {
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

}  // namespace
}  // namespace heddle
