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
  EXPECT_TRUE(rules_of(result).contains("lost-wakeup"));
}

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
  EXPECT_TRUE(
      sentence_of(&notify_after_a_death<false>).ends_with("went to victim, which had ended while it waited"))
      << sentence_of(&notify_after_a_death<false>);
}

TEST(NotifyDeadWaiter, IsNoneWhenTheLivingIsNotifiedAsWell) { expect_silence(&notify_after_a_death<true>); }

}  // namespace
}  // namespace heddle
