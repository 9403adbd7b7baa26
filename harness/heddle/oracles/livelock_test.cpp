// Livelocks planted and mended, and programs that spin or take long and are right.
#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using trial::Names;
using trial::rules_of;
using trial::start_thread;

Options options_of(std::string strategy, std::uint64_t executions = 20, std::uint64_t steps_max = 200'000) {
  return {.strategy = std::move(strategy),
          .budget = {.executions = executions},
          .run = {.steps_max = steps_max},
          .seek_harm = false};
}

/// Takes both locks, and gives the first back when the second is taken: after you.
void take_politely(mp::Lock& first, mp::Lock& second) {
  for (;;) {
    const mp::With held(first);
    if (!second.acquire(false)) continue;
    second.release();
    return;
  }
}

// In opposite orders. Switched after each operation they never get both.
void two_polite_tasks() {
  mp::Lock left({.name = "left"});
  mp::Lock right({.name = "right"});
  mp::Thread other = start_thread("other", [&] { take_politely(left, right); });
  take_politely(right, left);
  other.join();
}

void two_polite_tasks_in_one_order() {
  mp::Lock left({.name = "left"});
  mp::Lock right({.name = "right"});
  mp::Thread other = start_thread("other", [&] { take_politely(left, right); });
  take_politely(left, right);
  other.join();
}

// Each waits for the other to lower its flag, and neither does.
void two_raised_flags() {
  mp::Event mine({.name = "mine"});
  mp::Event yours({.name = "yours"});
  const auto go = [](mp::Event& own, mp::Event& others) {
    own.set();
    while (others.is_set()) {
    }
    own.clear();
  };
  mp::Thread other = start_thread("other", [&] { go(yours, mine); });
  go(mine, yours);
  other.join();
}

void poll_for_what_never_comes() {
  mp::Event never({.name = "never"});
  while (!never.is_set()) mp::sleep(std::chrono::milliseconds(10));
}

TEST(Livelock, OfTwoPoliteTasksIsFound) {
  const Result result = explore(&two_polite_tasks, options_of("round-robin"));
  ASSERT_EQ(rules_of(result), Names{"livelock"});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.harm, Harm::seen);
  EXPECT_EQ(finding.severity, Severity::error);
  EXPECT_EQ(finding.parties.size(), 2U);
}

TEST(Livelock, OfPoliteTasksIsGoneWithOneOrder) {
  EXPECT_EQ(rules_of(explore(&two_polite_tasks_in_one_order, options_of("round-robin"))), Names{});
}

TEST(Livelock, OfTwoRaisedFlagsIsFoundByChance) {
  EXPECT_EQ(rules_of(explore(&two_raised_flags, options_of("random", 200))), Names{"livelock"});
}

TEST(Livelock, OfALonelyPollerIsFound) {
  const Result result = explore(&poll_for_what_never_comes, options_of("random"));
  ASSERT_EQ(rules_of(result), Names{"livelock"});
  EXPECT_EQ(std::get<Failed>(result.verdict).failures.at(0).finding.object, "never");
}

// The strategy never gives the other its turn: that is no fault of the program's.
TEST(Livelock, IsNotASpinThatAnotherWouldEnd) {
  const auto body = [] {
    mp::Event event;
    mp::Thread other = start_thread("other", [&event] { event.set(); });
    while (!event.is_set()) {
    }
    other.join();
  };
  EXPECT_TRUE(std::holds_alternative<GaveUp>(explore(body, options_of("exhaustive", 1)).verdict));
  EXPECT_EQ(rules_of(explore(body, options_of("fair:exhaustive", 1))), Names{});
  EXPECT_EQ(rules_of(explore(body, options_of("random", 500))), Names{});
}

// The other sleeps until long after the poller has been suspected.
TEST(Livelock, IsNotAPollThatTimeEnds) {
  const auto body = [] {
    mp::Event event;
    mp::Thread other = start_thread("other", [&event] {
      mp::sleep(std::chrono::seconds(20));
      event.set();
    });
    while (!event.is_set()) mp::sleep(std::chrono::milliseconds(5));
    other.join();
  };
  EXPECT_EQ(rules_of(explore(body, options_of("random", 2))), Names{});
}

template <int times>
void lock_often() {
  mp::Lock lock;
  const auto work = [&lock] {
    for (int i = 0; i < times; ++i) const mp::With held(lock);
  };
  mp::Thread other = start_thread("other", work);
  work();
  other.join();
}

TEST(Livelock, IsNotALongLoopThatLocks) {
  EXPECT_EQ(rules_of(explore(&lock_often<5'000>, options_of("random", 2))), Names{});
}

TEST(Livelock, IsNotAPollBesideWork) {
  const auto body = [] {
    mp::Event done;
    mp::Lock lock;
    mp::Thread other = start_thread("other", [&] {
      for (int i = 0; i < 5'000; ++i) const mp::With held(lock);
      done.set();
    });
    while (!done.is_set()) {
    }
    other.join();
  };
  EXPECT_EQ(rules_of(explore(body, options_of("random", 2))), Names{});
}

// A wait that is given up at last: more than the first threshold, less than the second.
TEST(Livelock, IsAWarningWhenTheExecutionEndsAfterAll) {
  const auto body = [] {
    mp::Event never({.name = "never"});
    for (int i = 0; i < 2'500; ++i)
      if (never.is_set()) return;
  };
  const Result result = explore(body, options_of("random", 1));
  ASSERT_EQ(rules_of(result), Names{"livelock"});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.severity, Severity::warning);
  EXPECT_EQ(finding.harm, Harm::predicted);
}

// Reading alone may be counted, so only an execution that is given up shows it to be one.
TEST(Livelock, OfALoopThatReadsIsFoundAtTheVeryEnd) {
  const auto body = [] {
    mp::Value<int> flag(0, {.name = "flag"});
    while (flag.value() == 0) {
    }
  };
  EXPECT_EQ(rules_of(explore(body, options_of("random", 1, 20'000))), Names{"livelock"});
  const auto counted = [] {
    mp::Value<int> flag(0, {.name = "flag"});
    for (int i = 0; i < 2'000; ++i) static_cast<void>(static_cast<int>(flag.value()));
  };
  EXPECT_EQ(rules_of(explore(counted, options_of("random", 1, 20'000))), Names{});
}

}  // namespace
}  // namespace heddle
