// Locks in both orders, and locks held during waits, in programs whose clocks keep the harm from showing; and
// programs that look like them and have their order, or their way out.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;

/// What is found where no timeout strikes early, and only as a prediction.
Finding prediction_of(void (*program)()) {
  Options options = options_of(100);
  options.looks_beyond_maximal = false;
  options.seek_harm = false;
  const Result result = explore(program, options);
  const auto* failed = std::get_if<Failed>(&result.verdict);
  if (failed == nullptr || failed->failures.size() != 1) return {.rule = "none, or several"};
  EXPECT_EQ(failed->failures[0].finding.harm, Harm::predicted);
  return failed->failures[0].finding;
}

bool has(const Finding& finding, std::string_view words) {
  return finding.sentence.find(words) != std::string::npos;
}

void take_both(mp::Lock& outer, mp::Lock& inner) {
  const mp::With outer_held(outer);
  const mp::With inner_held(inner);
}

void take_both_later(mp::Lock& outer, mp::Lock& inner) {
  mp::sleep(1s);
  take_both(outer, inner);
}

TEST(LockOrderInversion, IsPredictedThoughTheTwoNeverMeet) {
  const Finding finding = prediction_of([] {
    mp::Lock a({.name = "a"});
    mp::Lock b({.name = "b"});
    auto first = start<&take_both>("first", a, b);
    auto second = start<&take_both_later>("second", b, a);
    first.join();
    second.join();
  });
  EXPECT_EQ(finding.rule, "lock-order-inversion");
  EXPECT_EQ(finding.severity, Severity::warning);
  EXPECT_TRUE(has(finding, "first took b while it held a")) << finding.sentence;
  EXPECT_TRUE(has(finding, "second took a while it held b")) << finding.sentence;
}

TEST(LockOrderInversion, IsBetweenTheLockOfAValueAndAnother) {
  const Finding finding = prediction_of([] {
    mp::Lock a({.name = "a"});
    mp::Value<int> count(0, {.name = "count"});
    auto first = start<[](mp::Lock& lock, mp::Value<int>& shared) {
      const mp::With held(lock);
      shared.value() = 1;
    }>("first", a, count);
    auto second = start<[](mp::Lock& lock, mp::Value<int>& shared) {
      mp::sleep(1s);
      const mp::With held(shared.get_lock());
      const mp::With inner(lock);
    }>("second", a, count);
    first.join();
    second.join();
  });
  EXPECT_EQ(finding.rule, "lock-order-inversion");
}

TEST(LockOrderInversion, GivesWayToTheDeadlockThatComesOfIt) {
  const Result result = explore(
      [] {
        mp::Lock a({.name = "a"});
        mp::Lock b({.name = "b"});
        auto first = start<&take_both>("first", a, b);
        auto second = start<&take_both>("second", b, a);
        first.join();
        second.join();
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

void take_both_guarded(mp::Lock& gate, mp::Lock& outer, mp::Lock& inner) {
  const mp::With guarded(gate);
  take_both(outer, inner);
}

TEST(LockOrderInversion, IsNoneBehindACommonGate) {
  expect_silence([] {
    mp::Lock gate({.name = "gate"});
    mp::Lock a({.name = "a"});
    mp::Lock b({.name = "b"});
    auto first = start<&take_both_guarded>("first", gate, a, b);
    auto second = start<&take_both_guarded>("second", gate, b, a);
    first.join();
    second.join();
  });
}

TEST(LockOrderInversion, IsNoneInPhasesWithAJoinOrAMessageBetween) {
  expect_silence([] {
    mp::Lock a({.name = "a"});
    mp::Lock b({.name = "b"});
    mp::Queue<int> go;
    auto first = start<[](mp::Lock& one, mp::Lock& other, mp::Queue<int>& told) {
      take_both(one, other);
      told.put(1);
    }>("first", a, b, go);
    go.get();
    take_both(b, a);
    first.join();
    start<&take_both>("second", a, b).join();
  });
}

TEST(LockOrderInversion, IsNoneOfOneTaskOrOfAnRLockTakenAgain) {
  expect_silence([] {
    mp::Lock a({.name = "a"});
    mp::RLock b({.name = "b"});
    auto other = start<[](mp::Lock& one, mp::RLock& again) {
      const mp::With outer(again);
      const mp::With inner(one);
      const mp::With once_more(again);
    }>("other", a, b);
    { const mp::With held(b); }
    { const mp::With held(a); }
    other.join();
  });
}

void take_both_or_give_up(mp::Lock& outer, mp::Lock& inner) {
  mp::sleep(1s);
  const mp::With held(outer);
  if (inner.acquire(false)) inner.release();
}

TEST(LockOrderInversion, IsNoneWithOneWhoGivesUp) {
  expect_silence([] {
    mp::Lock a({.name = "a"});
    mp::Lock b({.name = "b"});
    auto first = start<&take_both>("first", a, b);
    auto second = start<&take_both_or_give_up>("second", b, a);
    first.join();
    second.join();
  });
}

// --- held during waits ------------------------------------------------------------------------------------

void take_lock_then_rest(mp::Lock& lock) {
  { const mp::With held(lock); }
  mp::sleep(2s);
}

TEST(LockHeldWhileBlocking, IsAJoinOfWhoNeedsTheLock) {
  const Finding finding = prediction_of([] {
    mp::Lock lock({.name = "lock"});
    auto child = start<&take_lock_then_rest>("child", lock);
    mp::sleep(1s);
    const mp::With held(lock);
    child.join();
  });
  EXPECT_EQ(finding.rule, "lock-held-while-blocking");
  EXPECT_EQ(finding.object, "lock");
  EXPECT_TRUE(has(finding, "main waited in child.join() while it held lock")) << finding.sentence;
  EXPECT_TRUE(has(finding, "child, which ended that wait")) << finding.sentence;
}

void take_lock_then_put(mp::Lock& lock, mp::Queue<int>& items) {
  take_lock_then_rest(lock);
  items.put(1);
}

TEST(LockHeldWhileBlocking, IsAGetFromWhoNeedsTheLock) {
  const Finding finding = prediction_of([] {
    mp::Lock lock({.name = "lock"});
    mp::Queue<int> items(0, {.name = "items"});
    auto child = start<&take_lock_then_put>("child", lock, items);
    mp::sleep(1s);
    {
      const mp::With held(lock);
      items.get();
    }
    child.join();
  });
  EXPECT_EQ(finding.rule, "lock-held-while-blocking");
  EXPECT_TRUE(has(finding, "main waited in items.get()")) << finding.sentence;
}

TEST(LockHeldWhileBlocking, IsAPutIntoAQueueThatOnlyWhoNeedsTheLockEmpties) {
  const Finding finding = prediction_of([] {
    mp::Lock lock({.name = "lock"});
    mp::Queue<int> items(1, {.name = "items"});
    items.put(0);
    auto child = start<[](mp::Lock& both, mp::Queue<int>& from) {
      take_lock_then_rest(both);
      from.get();
      from.get();
    }>("child", lock, items);
    mp::sleep(1s);
    {
      const mp::With held(lock);
      items.put(1);
    }
    child.join();
  });
  EXPECT_EQ(finding.rule, "lock-held-while-blocking");
}

TEST(LockHeldWhileBlocking, IsNoneWithoutTheLockOrForWhoIsDoneWithIt) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    mp::Queue<int> done(0, {.name = "done"});
    mp::Queue<int> items(0, {.name = "items"});
    auto child = start<[](mp::Lock& both, mp::Queue<int>& told, mp::Queue<int>& to) {
      { const mp::With held(both); }
      told.put(1);
      mp::sleep(2s);
      to.put(1);
    }>("child", lock, done, items);
    done.get();
    const mp::With held(lock);
    items.get();
    child.join();
  });
}

TEST(LockHeldWhileBlocking, IsNoneOfAConditionsOwnLock) {
  expect_silence([] {
    mp::Condition changed({.name = "changed"});
    mp::Value<int> turn(0, {.name = "turn"});
    auto child = start<[](mp::Condition& condition, mp::Value<int>& shared) {
      const mp::With held(condition);
      shared.value() = 1;
      condition.notify_all();
    }>("child", changed, turn);
    {
      const mp::With held(changed);
      changed.wait_for([&] { return turn.value() == 1; });
    }
    child.join();
  });
}

template <auto take>
void two_who_want_two_permits() {
  mp::Semaphore permits(2, {.name = "permits"});
  mp::Lock taking({.name = "taking"});
  auto left = start_thread("left", [&] { take(permits, taking); });
  auto right = start_thread("right", [&] { take(permits, taking); });
  left.join();
  right.join();
}

void take_two_under_the_lock(mp::Semaphore& permits, mp::Lock& taking) {
  {
    const mp::With held(taking);
    permits.acquire();
    permits.acquire();
  }
  permits.release();
  permits.release();
}

TEST(LockHeldWhileBlocking, IsNoneOfPermitsThatAreTakenInOne) {
  expect_silence(&two_who_want_two_permits<&take_two_under_the_lock>);
}

// The permit that is given back was taken before the lock, which its holder needs first.
void take_the_lock_with_a_permit(mp::Semaphore& permits, mp::Lock& taking) {
  permits.acquire();
  take_lock_then_rest(taking);
  permits.release();
}

TEST(LockHeldWhileBlocking, IsAnAcquireOfWhatIsGivenBackByWhoNeedsTheLock) {
  const Finding finding = prediction_of([] {
    mp::Semaphore permit(1, {.name = "permit"});
    mp::Lock taking({.name = "taking"});
    auto other = start_thread("other", [&] { take_the_lock_with_a_permit(permit, taking); });
    mp::sleep(1s);
    {
      const mp::With held(taking);
      permit.acquire();
    }
    permit.release();
    other.join();
  });
  EXPECT_EQ(finding.rule, "lock-held-while-blocking");
  EXPECT_EQ(finding.object, "taking");
}

TEST(LockHeldWhileBlocking, IsNoneOfARoomThatItsOwnerFillsAndEmpties) {
  expect_silence([] {
    mp::Queue<int> room(1, {.name = "room"});
    mp::Lock entering({.name = "entering"});
    const auto visit = [&] {
      {
        const mp::With held(entering);
        room.put(1);
      }
      static_cast<void>(room.get());
    };
    auto left = start_thread("left", visit);
    auto right = start_thread("right", visit);
    left.join();
    right.join();
  });
}

}  // namespace
}  // namespace heddle
