// Locks whose holder is no more, however it ended and however it had come by them; and locks that are free,
// or will be, although their holder is gone.
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

template <auto target, class... A>
mp::Process start_daemon(std::string_view name, A&... arguments) {
  mp::Process process(mp::fn<target>, mp::args(arguments...), {.name = name, .daemon = true});
  process.start();
  return process;
}

template <class Body>
mp::Thread start_thread(std::string_view name, Body body) {
  mp::Thread thread(body, {.name = name});
  thread.start();
  return thread;
}

void acquire_and_end(mp::Lock& lock) { lock.acquire(); }

TEST(LockOrphaned, WhenItsHolderEndsNormally) {
  expect_stuck(
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
  expect_stuck(
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
  expect_stuck(
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
  expect_stuck(
      [] {
        mp::RLock lock({.name = "lock"});
        start<&acquire_twice_release_once>("holder", lock).join();
        lock.acquire();
      },
      "lock-orphaned", "lock", {"main", "holder"});
}

TEST(LockOrphaned, WhenItsHolderHadToWaitForIt) {
  expect_stuck(
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
  expect_stuck(
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
  expect_stuck(
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
  expect_stuck(
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
  expect_stuck(
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
  expect_stuck(
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
  expect_stuck(
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
  options.run.kills_max = 1;
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
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    start<&acquire_and_end>("first", lock).join();
    auto waiter = start<&want>("waiter", lock);
    start<[](mp::Lock& held) { held.release(); }>("second", lock).join();
    waiter.join();
  });
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

}  // namespace
}  // namespace heddle
