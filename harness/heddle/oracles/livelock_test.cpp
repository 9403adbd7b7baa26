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

void try_politely(mp::Lock& first, mp::Lock& second) {
  for (;;) {
    first.acquire();
    if (second.acquire(false)) break;
    first.release();
  }
  second.release();
  first.release();
}

/// The same with processes; `lead` steps come first, so that a stretch may begin anywhere.
template <int lead>
void two_polite_processes() {
  mp::Lock left({.name = "left"});
  mp::Lock right({.name = "right"});
  mp::Event event({.name = "event"});
  for (int i = 0; i < lead; ++i) static_cast<void>(event.is_set());
  mp::Process other(mp::fn<&try_politely>, mp::args(left, right), {.name = "other"});
  other.start();
  try_politely(right, left);
  other.join();
}

TEST(Livelock, OfTwoPoliteProcessesIsFoundWhereverAStretchBegins) {
  for (void (*program)() : {&two_polite_processes<0>, &two_polite_processes<1>, &two_polite_processes<2>,
                            &two_polite_processes<3>, &two_polite_processes<4>, &two_polite_processes<5>})
    EXPECT_EQ(rules_of(explore(program, options_of("round-robin", 5, 20'000))), Names{"livelock"});
}

void try_politely_within(mp::RLock& first, mp::Lock& second) {
  for (;;) {
    first.acquire();
    first.acquire();
    if (second.acquire(false)) break;
    first.release();
    first.release();
  }
}

// What was tried within the inner pair of calls was tried within the outer pair too.
TEST(Livelock, OfAPoliteTaskIsFoundWhereItsCallsAreNested) {
  const auto body = [] {
    mp::RLock own({.name = "own"});
    mp::Lock held({.name = "held"});
    held.acquire();
    try_politely_within(own, held);
  };
  EXPECT_EQ(rules_of(explore(body, options_of("random", 3, 20'000))), Names{"livelock"});
}

constexpr int signals = 500;

void take_signals(mp::Semaphore& turns, mp::Event& never) {
  for (int i = 0; i < signals; ++i) {
    turns.acquire();
    static_cast<void>(never.is_set());
  }
}

template <bool with_lock>
void signal_again_and_again() {
  mp::Lock lock({.name = "lock"});
  mp::Semaphore turns(0, {.name = "turns"});
  mp::Event never({.name = "never"});
  mp::Thread other = start_thread("other", [&] { take_signals(turns, never); });
  for (int i = 0; i < signals; ++i) {
    if (with_lock) lock.acquire();
    for (int look = 0; look < 20; ++look) static_cast<void>(never.is_set());
    turns.release();
    if (with_lock) lock.release();
  }
  other.join();
}

void signal_and_be_signalled() {
  mp::Semaphore mine(0, {.name = "mine"});
  mp::Semaphore yours(0, {.name = "yours"});
  mp::Event never({.name = "never"});
  const auto go = [&](mp::Semaphore& from, mp::Semaphore& to) {
    for (int i = 0; i < 5 * signals; ++i) {
      from.acquire();
      static_cast<void>(never.is_set());
      to.release();
    }
  };
  mp::Thread other = start_thread("other", [&] { go(yours, mine); });
  mine.release();
  go(mine, yours);
  other.join();
}

void signal_where_none_is_left() {
  mp::Semaphore turns(0, {.name = "turns"});
  mp::Event never({.name = "never"});
  mp::Thread other = start_thread("other", [&] { take_signals(turns, never); });
  while (other.is_alive())
    if (!turns.acquire(false)) turns.release();
  other.join();
}

// Whoever polls releases what it never acquired, which lets another go on.
TEST(Livelock, IsNotAPollThatSignals) {
  for (void (*program)() : {&signal_again_and_again<false>, &signal_again_and_again<true>,
                            &signal_and_be_signalled, &signal_where_none_is_left})
    EXPECT_EQ(rules_of(explore(program, options_of("random", 3))), Names{});
}

// What is done under the lock, nobody sees.
TEST(Livelock, IsNotAPollByThoseWhoTakeALockToWork) {
  const auto body = [] {
    mp::Lock lock({.name = "lock"});
    mp::Event never({.name = "never"});
    const auto go = [&] {
      for (int i = 0; i < 5 * signals; ++i) {
        static_cast<void>(never.is_set());
        const mp::With held(lock);
      }
    };
    mp::Thread other = start_thread("other", go);
    go();
    other.join();
  };
  EXPECT_EQ(rules_of(explore(body, options_of("random", 3))), Names{});
}

// A permit that was given back is no longer held, and what comes after is a signal.
TEST(Livelock, IsNotAPollThatSignalsWhereItHadAPermit) {
  const auto body = [] {
    mp::Semaphore turns(1, {.name = "turns"});
    mp::Event never({.name = "never"});
    turns.acquire();
    turns.release();
    mp::Thread other = start_thread("other", [&] { take_signals(turns, never); });
    for (int i = 0; i < signals; ++i) {
      for (int look = 0; look < 20; ++look) static_cast<void>(never.is_set());
      turns.release();
    }
    other.join();
  };
  EXPECT_EQ(rules_of(explore(body, options_of("random", 3))), Names{});
}

// Nobody lets it go on, so that it is of no help.
TEST(Livelock, OfAPollerBesideAStoppedProcessIsFound) {
  const auto body = [] {
    mp::Event event({.name = "event"});
    mp::Process helper(mp::fn<[](mp::Event& own) {
                         mp::sleep(std::chrono::milliseconds(1));
                         own.set();
                       }>,
                       mp::args(event), {.name = "helper", .daemon = true});
    helper.start();
    helper.stop();
    while (!event.is_set()) mp::sleep(std::chrono::milliseconds(1));
  };
  const Names rules = rules_of(explore(body, options_of("random", 3, 20'000)));
  EXPECT_TRUE(rules.contains("livelock")) << ::testing::PrintToString(rules);
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

void poll_a_managed_event() {
  mp::Manager manager({.name = "manager"});
  auto never = manager.Event("never");
  while (!never.is_set()) mp::sleep(std::chrono::milliseconds(1));
}

void poll_a_managed_dict() {
  mp::Manager manager({.name = "manager"});
  auto dict = manager.dict<int, int>("dict");
  while (!dict.contains(1)) mp::sleep(std::chrono::milliseconds(1));
}

// At the end of a stretch the poller waits for the server nearly always.
TEST(Livelock, OfAPollerOfWhatAManagerKeepsIsFound) {
  EXPECT_EQ(rules_of(explore(&poll_a_managed_event, options_of("random", 1, 20'000))), Names{"livelock"});
  EXPECT_EQ(rules_of(explore(&poll_a_managed_dict, options_of("random", 1, 20'000))), Names{"livelock"});
}

void wait_for_event(mp::EventProxy& event) { event.wait(); }

// Who is kept in the server until somebody else acts will not run by itself.
TEST(Livelock, OfAPollerBesideAWaiterInAManagerIsFound) {
  const auto body = [] {
    mp::Manager manager({.name = "manager"});
    auto never = manager.Event("never");
    mp::Process other(mp::fn<&wait_for_event>, mp::args(never), {.name = "other", .daemon = true});
    other.start();
    while (!never.is_set()) mp::sleep(std::chrono::milliseconds(1));
  };
  EXPECT_EQ(rules_of(explore(body, options_of("random", 1, 20'000))), Names{"livelock"});
}

void set_late(mp::EventProxy& event) {
  mp::sleep(std::chrono::seconds(5));
  event.set();
}

// The other sleeps until long after the poller has been suspected.
TEST(Livelock, IsNotAPollOfWhatAManagerKeepsAndSomebodyChanges) {
  const auto body = [] {
    mp::Manager manager({.name = "manager"});
    auto event = manager.Event("event");
    mp::Process other(mp::fn<&set_late>, mp::args(event), {.name = "other"});
    other.start();
    while (!event.is_set()) mp::sleep(std::chrono::milliseconds(5));
    other.join();
  };
  EXPECT_EQ(rules_of(explore(body, options_of("random", 2))), Names{});
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
