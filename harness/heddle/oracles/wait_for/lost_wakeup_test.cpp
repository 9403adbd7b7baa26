// Notifications that come too early or go to the dead; and waiters that another bug keeps waiting, or none.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;

struct Gate {
  mp::Condition changed{{.name = "changed"}};
  mp::Value<int> is_open{0, {.name = "is-open"}};
};

void announce_late(mp::Condition& changed, mp::Value<int>& is_open) {
  is_open.value() = 1;
  const mp::With held(changed);
  changed.notify();
}

// The plant: it may be opened and announced between the look and the wait.
void look_without_the_lock() {
  Gate gate;
  auto opener = start<&announce_late>("opener", gate.changed, gate.is_open);
  if (gate.is_open.value() == 0) {
    const mp::With held(gate.changed);
    gate.changed.wait();
  }
  opener.join();
}

TEST(LostWakeup, OfAWaiterThatLookedWithoutTheLock) {
  expect_finding(&look_without_the_lock, "lost-wakeup", "changed", {"main", "opener"});
  EXPECT_TRUE(sentence_of(&look_without_the_lock)
                  .starts_with("main waits in changed.wait() for ever: opener's changed.notify() (step "))
      << sentence_of(&look_without_the_lock);
  EXPECT_TRUE(sentence_of(&look_without_the_lock)
                  .ends_with("had found nobody waiting, and nobody is left who could notify again"))
      << sentence_of(&look_without_the_lock);
}

TEST(LostWakeup, IsNoneOfAWaiterThatLooksUnderTheLock) {
  expect_silence([] {
    Gate gate;
    auto opener = start<&announce_late>("opener", gate.changed, gate.is_open);
    {
      const mp::With held(gate.changed);
      while (gate.is_open.value() == 0) gate.changed.wait();
    }
    opener.join();
  });
}

void notify_all_waiters(mp::Condition& changed) {
  const mp::With held(changed);
  changed.notify_all();
}

TEST(LostWakeup, OfAWaiterThatDoesNotLookAtAll) {
  expect_finding(
      [] {
        mp::Condition changed({.name = "changed"});
        auto opener = start<&notify_all_waiters>("opener", changed);
        {
          const mp::With held(changed);
          changed.wait();
        }
        opener.join();
      },
      "lost-wakeup", "changed", {"main", "opener"});
}

void announce_first(mp::Condition& changed, mp::Value<int>& is_open) {
  notify_all_waiters(changed);
  is_open.value() = 1;
}

TEST(LostWakeup, OfAWaiterWhoseNotifierChangesAfterwardsWhatItSpokeOf) {
  const Result result = explore(
      [] {
        Gate gate;
        auto opener = start<&announce_first>("opener", gate.changed, gate.is_open);
        {
          const mp::With held(gate.changed);
          while (gate.is_open.value() == 0) gate.changed.wait();
        }
        opener.join();
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), Names{"lost-wakeup"});  // whether it was woken or not there yet
}

// Whoever is told waits already, so that the notification wakes it.
template <auto announce>
void wake_too_early() {
  Gate gate;
  mp::Semaphore waiting(0, {.name = "waiting"});
  auto waiter = start<[](mp::Condition& changed, mp::Value<int>& is_open, mp::Semaphore& ready) {
    const mp::With held(changed);
    ready.release();
    while (is_open.value() == 0) changed.wait();
  }>("waiter", gate.changed, gate.is_open, waiting);
  waiting.acquire();
  announce(gate);
  waiter.join();
}

TEST(LostWakeup, OfAWaiterThatIsWokenBeforeTheChange) {
  constexpr auto program = &wake_too_early<[](Gate& gate) { announce_first(gate.changed, gate.is_open); }>;
  expect_finding(program, "lost-wakeup", "changed", {"main", "waiter"});
  EXPECT_TRUE(sentence_of(program).find(" had woken it too early, is-open.store(1) (step ") !=
              std::string::npos)
      << sentence_of(program);
}

TEST(LostWakeup, IsNoneOfAWaiterThatIsWokenAndTakesWhatIsThere) {
  expect_silence(&wake_too_early<[](Gate& gate) { announce_late(gate.changed, gate.is_open); }>);
}

// It is woken in time and waits for more, which never comes.
TEST(LostWakeup, IsNoneOfAWaiterThatIsWokenAndLooksInVain) {
  const Result result = explore(&wake_too_early<[](Gate& gate) {
    gate.is_open.value() = 0;
    notify_all_waiters(gate.changed);
  }>,
                                options_of(300));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

// --- notifications for all that woke others ----------------------------------------------------------------

void look_then_wait(mp::Condition& changed, mp::Value<int>& is_open) {
  if (is_open.value() == 1) return;  // the plant: the lock is not held yet
  const mp::With held(changed);
  changed.wait();
}

void wait_until_open(mp::Condition& changed, mp::Value<int>& is_open) {
  const mp::With held(changed);
  while (is_open.value() == 0) changed.wait();
}

void wait_at_once(mp::Condition& changed, mp::Value<int>&) {
  const mp::With held(changed);
  changed.wait();
}

void open_for_all(mp::Condition& changed, mp::Value<int>& is_open) {
  const mp::With held(changed);
  is_open.value() = 1;
  changed.notify_all();
}

// One waits before the gate is opened, the other comes before or after.
template <auto pass, auto open = &open_for_all>
void two_at_the_gate() {
  Gate gate;
  mp::Semaphore waiting(0, {.name = "waiting"});
  auto early = start<[](mp::Condition& changed, mp::Semaphore& ready) {
    const mp::With held(changed);
    ready.release();
    changed.wait();
  }>("early", gate.changed, waiting);
  waiting.acquire();
  auto late = start<pass>("late", gate.changed, gate.is_open);
  open(gate.changed, gate.is_open);
  early.join();
  late.join();
}

TEST(LostWakeup, OfALatecomerWhoLookedWithoutTheLock) {
  expect_finding(&two_at_the_gate<&look_then_wait>, "lost-wakeup", "changed", {"main", "late"});
  EXPECT_TRUE(sentence_of(&two_at_the_gate<&look_then_wait>).find(" had woken 1 before it waited, and ") !=
              std::string::npos)
      << sentence_of(&two_at_the_gate<&look_then_wait>);
}

TEST(LostWakeup, OfALatecomerWhoDoesNotLookAtAll) {
  expect_finding(&two_at_the_gate<&wait_at_once>, "lost-wakeup", "changed", {"main", "late"});
}

TEST(LostWakeup, IsNoneOfALatecomerWhoLooksUnderTheLock) {
  expect_silence(&two_at_the_gate<&wait_until_open>);
}

TEST(LostWakeup, IsNoneOfALatecomerWhoKnewMoreThanTheNotification) {
  const Result result = explore(&two_at_the_gate<[](mp::Condition& changed, mp::Value<int>& is_open) {
    const mp::With held(changed);
    while (is_open.value() != 2) changed.wait();
  }>,
                                options_of(300));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

// One notification, and it went to the one for whom it may have been meant.
TEST(LostWakeup, IsNoneOfALatecomerWhenOneWasToBeWoken) {
  EXPECT_EQ(rules_of(explore(&two_at_the_gate<&wait_at_once, &announce_late>, options_of(300))),
            Names{"deadlock"});
}

TEST(LostWakeup, IsNoneOfAWaiterThatWasToldAndWaitsAgain) {
  const Result result = explore(
      [] {
        Gate gate;
        mp::Semaphore waiting(0, {.name = "waiting"});
        auto waiter = start<[](mp::Condition& changed, mp::Semaphore& ready) {
          const mp::With held(changed);
          ready.release();
          changed.wait();
          changed.wait();
        }>("waiter", gate.changed, waiting);
        waiting.acquire();
        open_for_all(gate.changed, gate.is_open);
        waiter.join();
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

// The late thread's body gets the gate and a variable that no other process could see.
template <auto pass>
void two_threads_at_the_gate() {
  Gate gate;
  bool is_closed = false;
  mp::Semaphore waiting(0, {.name = "waiting"});
  auto early = start_thread("early", [&] {
    const mp::With held(gate.changed);
    waiting.release();
    gate.changed.wait();
  });
  waiting.acquire();
  auto late = start_thread("late", [&] { pass(gate, is_closed); });
  open_for_all(gate.changed, gate.is_open);
  early.join();
  late.join();
}

TEST(LostWakeup, OfALateThreadThatLookedWithoutTheLock) {
  expect_finding(
      &two_threads_at_the_gate<[](Gate& gate, bool&) { look_then_wait(gate.changed, gate.is_open); }>,
      "lost-wakeup", "changed", {"main", "main/late"});
}

TEST(LostWakeup, IsNoneOfALateThreadThatMayHaveLookedAtAVariable) {
  const Result result = explore(&two_threads_at_the_gate<[](Gate& gate, bool& is_closed) {
    const mp::With held(gate.changed);
    while (!is_closed) gate.changed.wait();
  }>,
                                options_of(300));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

// --- waits that something else keeps -----------------------------------------------------------------------

// The waiter knew all there was to know: what it waits for never comes.
TEST(LostWakeup, IsNoneWhenTheWaiterKnewMoreThanTheNotification) {
  const Result result = explore(
      [] {
        Gate gate;
        auto opener = start<&announce_late>("opener", gate.changed, gate.is_open);
        {
          const mp::With held(gate.changed);
          while (gate.is_open.value() != 2) gate.changed.wait();
        }
        opener.join();
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

void wait_once(mp::Condition& changed, mp::Semaphore& waiting) {
  const mp::With held(changed);
  waiting.release();
  changed.wait();
}

template <bool all>
void notify_after_a_death() {
  mp::Condition changed({.name = "changed"});
  mp::Semaphore waiting(0, {.name = "waiting"});
  auto victim = start<&wait_once>("victim", changed, waiting);
  waiting.acquire();
  changed.acquire();  // it waits by now
  victim.kill();
  changed.release();
  victim.join();
  auto survivor = start<&wait_once>("survivor", changed, waiting);
  waiting.acquire();
  {
    const mp::With held(changed);
    changed.notify(all ? 2 : 1);
  }
  survivor.join();
}

TEST(NotifyDeadWaiter, WhenTheOnlyNotificationGoesToTheDead) {
  expect_finding(&notify_after_a_death<false>, "notify-dead-waiter", "changed",
                 {"main", "survivor", "victim"});
  EXPECT_TRUE(sentence_of(&notify_after_a_death<false>)
                  .ends_with("went to victim, which was struck by main's victim.kill() while it waited"))
      << sentence_of(&notify_after_a_death<false>);
}

TEST(NotifyDeadWaiter, IsNoneWhenTheLivingIsNotifiedAsWell) { expect_silence(&notify_after_a_death<true>); }

}  // namespace
}  // namespace heddle
