// Barriers that too few come to, and waits at barriers that have another reason.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;

void meet(mp::Barrier& barrier) { barrier.wait(); }

void two_for_three() {
  mp::Barrier start_line(3, {.name = "start line"});
  auto first = start<&meet>("first", start_line);
  auto second = start<&meet>("second", start_line);
  first.join();
  second.join();
}

TEST(BarrierShort, OfAPartyThatOnlyJoins) {
  expect_finding(&two_for_three, "barrier-short", "start line", {"main", "first", "second"});
  EXPECT_EQ(sentence_of(&two_for_three),
            "first, second wait in start line.wait() for ever: 2 of its 3 parties have come; main waits in "
            "first.join()");
}

TEST(BarrierShort, IsNoneWhenAllCome) {
  expect_silence([] {
    mp::Barrier start_line(3, {.name = "start line"});
    auto first = start<&meet>("first", start_line);
    auto second = start<&meet>("second", start_line);
    start_line.wait();
    first.join();
    second.join();
  });
}

void one_lap_more() {
  mp::Barrier lap(2, {.name = "lap"});
  auto other = start<&meet>("other", lap);
  lap.wait();
  other.join();
  lap.wait();
}

TEST(BarrierShort, OfAPartyThatHasEndedAfterALapLess) {
  expect_finding(&one_lap_more, "barrier-short", "lap", {"main"});
  EXPECT_EQ(sentence_of(&one_lap_more),
            "main waits in lap.wait() for ever: 1 of its 2 parties has come; other has ended after it had "
            "come 1 time");
}

TEST(BarrierShort, OfAThread) {
  expect_finding(
      [] {
        mp::Barrier lap(2, {.name = "lap"});
        const auto runner = start_thread("runner", [&] { lap.wait(); });
        runner.join();
      },
      "barrier-short", "lap", {"main", "main/runner"});
}

TEST(BarrierShort, IsNoneWhenAbortedInstead) {
  expect_silence([] {
    mp::Barrier lap(2, {.name = "lap"});
    auto other = start<[](mp::Barrier& barrier) {
      try {
        barrier.wait();
      } catch (const mp::BrokenBarrierError&) {
        outcome("broken");
      }
    }>("other", lap);
    lap.abort();
    other.join();
  });
}

void lock_and_meet(mp::Lock& lock, mp::Barrier& barrier) {
  const mp::With held(lock);
  barrier.wait();
}

// The other would come if it had the lock.
TEST(BarrierShort, IsNotWhatADeadlockIsCalled) {
  const Result result = explore(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Barrier lap(2, {.name = "lap"});
        auto other = start<&lock_and_meet>("other", lock, lap);
        lock_and_meet(lock, lap);
        other.join();
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

}  // namespace
}  // namespace heddle
