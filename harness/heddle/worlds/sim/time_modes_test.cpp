// What each time mode adds to what may happen: always what maximal does, and in races what a host could do.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <set>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using Outcomes = std::set<std::string>;

constexpr std::array time_modes{TimeMode::maximal, TimeMode::explore, TimeMode::races};

Options exhaustive(TimeMode time, Granularity granularity = Granularity::op) {
  return {.strategy = "exhaustive",
          .budget = {.executions = 1'000'000},
          .run = {.granularity = granularity, .time = time}};
}

Outcomes outcomes(void (*body)(), TimeMode time, Granularity granularity = Granularity::op) {
  const Result result = explore(body, exhaustive(time, granularity));
  EXPECT_TRUE(result.coverage.exhausted) << name_of(time);
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict)) << name_of(time);
  return result.outcomes;
}

void put_seven(mp::Queue<int>& numbers) { numbers.put(7); }

// The item comes without any sleeping, so only an impatient clock can make the wait end in vain.
void get_in_time() {
  mp::Queue<int> numbers(0, {.name = "numbers"});
  mp::Process putter(mp::fn<&put_seven>, mp::args(numbers), {.name = "putter"});
  putter.start();
  try {
    outcome(static_cast<std::int64_t>(numbers.get(true, 1s)));
  } catch (const mp::Empty&) {
    outcome("empty");
  }
  putter.join();
}

TEST(TimeModes, LetATimeoutStrikeBeforeItsTimeExceptInMaximal) {
  EXPECT_EQ(outcomes(get_in_time, TimeMode::maximal), Outcomes{"7"});
  EXPECT_EQ(outcomes(get_in_time, TimeMode::explore), (Outcomes{"7", "empty"}));
  EXPECT_EQ(outcomes(get_in_time, TimeMode::races), (Outcomes{"7", "empty"}));
}

// Each thread says when it wakes; the first one sleeps less than the second.
template <int first_ms, int second_ms>
void two_sleepers() {
  const auto sleep_and_tell = [](int milliseconds, std::int64_t who) {
    mp::sleep(std::chrono::milliseconds(milliseconds));
    outcome(who);
  };
  mp::Thread first([&] { sleep_and_tell(first_ms, 1); }, {.name = "first"});
  mp::Thread second([&] { sleep_and_tell(second_ms, 2); }, {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

TEST(TimeModes, LetALaterSleeperOvertakeInRacesOnly) {
  EXPECT_EQ((outcomes(two_sleepers<1'000, 2'000>, TimeMode::races)), (Outcomes{"1, 2", "2, 1"}));
  EXPECT_EQ((outcomes(two_sleepers<1'000, 2'000>, TimeMode::races, Granularity::os)),
            (Outcomes{"1, 2", "2, 1"}));
}

// Both begin to sleep before time passes in maximal. In explore the second may begin when the first has
// woken.
TEST(TimeModes, WakeInOrderOfDeadlinesInTheOtherModes) {
  for (const Granularity granularity : {Granularity::op, Granularity::os}) {
    EXPECT_EQ((outcomes(two_sleepers<1'000, 2'000>, TimeMode::maximal, granularity)), Outcomes{"1, 2"});
    EXPECT_EQ((outcomes(two_sleepers<2'000, 1'000>, TimeMode::maximal, granularity)), Outcomes{"2, 1"});
  }
}

TEST(TimeModes, WakeWhoSleepUntilTheSameMomentInAnyOrder) {
  for (const TimeMode time : time_modes)
    EXPECT_EQ((outcomes(two_sleepers<1'000, 1'000>, time)), (Outcomes{"1, 2", "2, 1"})) << name_of(time);
}

// A sleeper that is overtaken wakes late, and its clock shows it.
TEST(TimeModes, NeverTurnTheClockBack) {
  const auto body = [] {
    const mp::Instant start = mp::os().now();
    const auto sleep_until = [&](std::chrono::seconds duration) {
      const mp::Instant before = mp::os().now();
      mp::os().sleep_until(start + duration);
      check(mp::os().now() >= before && mp::os().now() >= start + duration, "nobody wakes too early");
    };
    mp::Thread first([&] { sleep_until(1s); }, {.name = "first"});
    mp::Thread second([&] { sleep_until(2s); }, {.name = "second"});
    first.start();
    second.start();
    first.join();
    second.join();
  };
  for (const TimeMode time : time_modes) static_cast<void>(outcomes(body, time));
}

// The first execution of an exhaustive search is the default run.
TEST(TimeModes, HaveTheSameDefaultRun) {
  for (void (*const body)() : {&get_in_time, &two_sleepers<2'000, 1'000>, &two_sleepers<1'000, 1'000>}) {
    const auto default_run = [&](TimeMode time) {
      Options options = exhaustive(time, Granularity::os);
      options.budget.executions = 1;
      return digest(body, options);
    };
    EXPECT_EQ(default_run(TimeMode::explore), default_run(TimeMode::maximal));
    EXPECT_EQ(default_run(TimeMode::races), default_run(TimeMode::maximal));
  }
}

// The second one wakes first and the shortest tape says so in one entry.
void overtaken() {
  std::atomic<bool> first_is_awake = false;  // no operation, so it adds no place to switch at
  mp::Thread first(
      [&] {
        mp::sleep(1s);
        first_is_awake = true;
      },
      {.name = "first"});
  first.start();
  mp::sleep(2s);
  check(first_is_awake, "who sleeps less wakes first");
  first.join();
}

TEST(TimeModes, AreReplayedFromATokenByTheNameOfWhoWakes) {
  for (const std::string strategy : {"random", "exhaustive"}) {
    const Result result = explore(overtaken, {.strategy = strategy, .run = {.time = TimeMode::races}});
    const auto& failure = std::get<Failed>(result.verdict).failures.at(0);
    ASSERT_EQ(failure.tape.entries.size(), 1U) << strategy;
    EXPECT_EQ(failure.tape.entries[0].kind, ChoiceKind::timer);
    EXPECT_EQ(failure.tape.entries[0].chosen, "main");
    const Token token{.scenario = "program", .run = failure.run, .tape = failure.tape};
    const Token pasted = read_token(write_token(token)).value();
    EXPECT_TRUE(std::holds_alternative<Failed>(replay(overtaken, pasted).verdict)) << strategy;
  }
}

TEST(TimeModes, AreFoundByRandomWalkToo) {
  const Result result = explore(
      get_in_time,
      {.budget = {.executions = 1'000}, .run = {.granularity = Granularity::os, .time = TimeMode::races}});
  EXPECT_EQ(result.outcomes, (Outcomes{"7", "empty"}));
}

// Who waits with a deadline is able to go on, whatever the mode: a hopeless wait is hopeless in all of them.
TEST(TimeModes, LeaveHopelessWaitsAsTheyAre) {
  const auto body = [] {
    mp::Queue<int> numbers(0, {.name = "numbers"});
    mp::Thread sleeper([] { mp::sleep(1s); }, {.name = "sleeper"});
    sleeper.start();
    numbers.get();
  };
  for (const TimeMode time : time_modes) {
    const Result result = explore(body, {.run = {.time = time}});
    EXPECT_EQ(std::get<Failed>(result.verdict).failures.at(0).finding.rule, "deadlock") << name_of(time);
  }
}

}  // namespace
}  // namespace heddle
