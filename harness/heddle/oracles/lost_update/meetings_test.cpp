// Which updates an event, a barrier, a bounded semaphore or a robust lock order, and which they do not.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using Value = mp::Value<int>;

void add_one(Value& count) { count.value() += 1; }

Names rules(void (*program)()) { return rules_of(explore(program, options_of(300))); }

void add_then_set(Value& count, mp::Event& ready) {
  add_one(count);
  ready.set();
}

void set_then_add(Value& count, mp::Event& ready) {
  ready.set();
  add_one(count);
}

template <auto target>
void main_adds_after_the_wait() {
  Value count(0, {.name = "count"});
  mp::Event ready({.name = "ready"});
  auto child = start<target>("child", count, ready);
  ready.wait();
  add_one(count);
  child.join();
}

TEST(LostUpdate, IsNoneAfterAWaitForAnEvent) { expect_silence(&main_adds_after_the_wait<&add_then_set>); }

TEST(LostUpdate, IsOneOfUpdatesAfterTheEventWasSet) {
  EXPECT_EQ(rules(&main_adds_after_the_wait<&set_then_add>), Names{"unlocked-shared-value"});
}

TEST(LostUpdate, IsNoneOnceAnEventWasSeenSet) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    mp::Event ready({.name = "ready"});
    auto child = start<&add_then_set>("child", count, ready);
    while (!ready.is_set()) mp::sleep(std::chrono::milliseconds(1));
    add_one(count);
    child.join();
  });
}

TEST(LostUpdate, IsOneWhenTheWaitForTheEventWasInVain) {
  EXPECT_EQ(rules([] {
              Value count(0, {.name = "count"});
              mp::Event ready({.name = "ready"});
              auto child = start<&add_then_set>("child", count, ready);
              ready.wait(std::chrono::seconds(0));  // the plant: goes on whatever it gave
              add_one(count);
              child.join();
            }),
            Names{"unlocked-shared-value"});
}

void add_then_meet(Value& count, mp::Barrier& line) {
  add_one(count);
  line.wait();
}

void meet_then_add(Value& count, mp::Barrier& line) {
  line.wait();
  add_one(count);
}

template <auto first, auto second>
void two_meet() {
  Value count(0, {.name = "count"});
  mp::Barrier line(2, {.name = "line"});
  auto one = start<first>("one", count, line);
  auto other = start<second>("other", count, line);
  one.join();
  other.join();
}

TEST(LostUpdate, IsNoneBeforeAndAfterABarrier) { expect_silence(&two_meet<&add_then_meet, &meet_then_add>); }

TEST(LostUpdate, IsOneOnTheSameSideOfABarrier) {
  EXPECT_EQ(rules(&two_meet<&meet_then_add, &meet_then_add>), Names{"unlocked-shared-value"});
}

void meet_add_meet(Value& count, mp::Barrier& line) {
  line.wait();
  add_one(count);
  line.wait();
}

// The one that is fast is at the second meeting before the other has returned from the first: that meeting
// orders nothing for the other yet.
TEST(LostUpdate, IsOneBetweenTwoMeetings) {
  EXPECT_EQ(rules(&two_meet<&meet_add_meet, &meet_add_meet>), Names{"unlocked-shared-value"});
}

void take_turns(Value& count, mp::Barrier& line, int mine) {
  for (int turn = 0; turn < 4; ++turn) {
    if (turn % 2 == mine) add_one(count);
    line.wait();
  }
}

TEST(LostUpdate, IsNoneWhenABarrierGivesTheTurn) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    mp::Barrier line(2, {.name = "line"});
    int odd = 1;
    auto other = start<&take_turns>("other", count, line, odd);
    take_turns(count, line, 0);
    other.join();
    check(count.value() == 4, "all were counted");
  });
}

void add_with_permit(Value& count, mp::BoundedSemaphore& permit) {
  const mp::With held(permit);
  add_one(count);
}

TEST(LostUpdate, IsNoneUnderABoundedSemaphoreOfOne) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    mp::BoundedSemaphore permit(1, {.name = "permit"});
    auto child = start<&add_with_permit>("child", count, permit);
    add_with_permit(count, permit);
    child.join();
  });
}

void add_and_die_holding(Value& count, mp::Lock& lock) {
  lock.acquire();
  add_one(count);
  mp::exit_now(1);
}

TEST(LostUpdate, IsNoneAfterADeadHoldersLockWasTakenOver) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    mp::Lock lock({.name = "lock", .robust = true});
    auto holder = start<&add_and_die_holding>("holder", count, lock);
    try {
      lock.acquire();
    } catch (const mp::OwnerDied&) {
    }
    add_one(count);
    lock.release();
    holder.join();
  });
}

}  // namespace
}  // namespace heddle
