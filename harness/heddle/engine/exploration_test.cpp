// The engine on programs so small that every interleaving can be counted by hand.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/engine/exploration.hpp>
#include <mp/multiprocessing.hpp>
#include <mp/os/operation.hpp>

namespace heddle {
namespace {

using Outcomes = std::set<std::string>;
using namespace std::chrono_literals;

mp::Word& make_word() {
  return *reinterpret_cast<mp::Word*>(mp::map_shared(mp::os(), sizeof(mp::Word)).value().data());
}

mp::ThreadId start(void (*entry)(void*), void* argument, std::string_view name) {
  return mp::os().start_thread({.name = name, .entry = entry, .argument = argument}).value();
}

void operation() { const mp::Operation begin_and_end(mp::os(), mp::Verb::load, {}, {}, {}); }

template <int count>
void operations(void*) {
  for (int i = 0; i < count; ++i) operation();
}

// Two threads of `count` operations each, joined one after the other.
template <int count>
void two_threads() {
  const auto first = start(operations<count>, nullptr, "first");
  const auto second = start(operations<count>, nullptr, "second");
  ASSERT_TRUE(mp::os().join_thread(first, mp::never));
  ASSERT_TRUE(mp::os().join_thread(second, mp::never));
}

Options exhaustive(Granularity granularity) {
  return {.strategy = "exhaustive", .budget = {.executions = 1'000'000}, .run = {.granularity = granularity}};
}

// Each thread has count + 1 segments: up to its first operation, and one per operation. Main's return from
// the first join is one more segment, anywhere in what the second thread has left when the first has ended:
// with r segments left there are r + 1 places. For one operation each: r = 0 in 3 orders, r = 1 in 2 and
// r = 2 in 1: 3 * 1 + 2 * 2 + 1 * 3 = 10.
TEST(Exploration, RunsEveryInterleavingOfTwoOperationsOnce) {
  const Result result = explore(two_threads<1>, exhaustive(Granularity::op));
  EXPECT_EQ(result.coverage.executions, 10U);
  EXPECT_EQ(result.coverage.interleavings, 1U);  // the operations touch nothing, so their order is none
  EXPECT_TRUE(result.coverage.exhausted);
}

// Two operations each, three segments: r = 0 in 10 orders, 1 in 6, 2 in 3, 3 in 1: 10 + 12 + 9 + 4 = 35.
TEST(Exploration, RunsEveryInterleavingOfFourOperationsOnce) {
  const Result result = explore(two_threads<2>, exhaustive(Granularity::op));
  EXPECT_EQ(result.coverage.executions, 35U);
  EXPECT_TRUE(result.coverage.exhausted);
}

void add_unsafely(void* word) {
  auto& counter = *static_cast<mp::Word*>(word);
  mp::os().store(counter, mp::os().load(counter) + 1);
}

void add_safely(void* word) { mp::os().fetch_add(*static_cast<mp::Word*>(word), 1); }

template <void (*add)(void*)>
void two_adders() {
  mp::Word& counter = make_word();
  const auto first = start(add, &counter, "first");
  const auto second = start(add, &counter, "second");
  static_cast<void>(mp::os().join_thread(first, mp::never));
  static_cast<void>(mp::os().join_thread(second, mp::never));
  outcome(static_cast<std::int64_t>(mp::os().load(counter)));
}

TEST(Exploration, SeesTheLostUpdateAtOsGranularityAndNothingElse) {
  const Result result = explore(two_adders<add_unsafely>, exhaustive(Granularity::os));
  EXPECT_EQ(result.outcomes, (Outcomes{"1", "2"}));
  EXPECT_TRUE(result.coverage.exhausted);
}

TEST(Exploration, NeverLosesAnAtomicUpdate) {
  const Result result = explore(two_adders<add_safely>, exhaustive(Granularity::os));
  EXPECT_EQ(result.outcomes, Outcomes{"2"});
  EXPECT_TRUE(result.coverage.exhausted);
}

TEST(Exploration, ExploresDataTheProgramAsksFor) {
  const auto body = [] { outcome(static_cast<std::int64_t>(choose(3) * 10 + choose(2))); };
  const Result result = explore(body, exhaustive(Granularity::op));
  EXPECT_EQ(result.coverage.executions, 6U);
  EXPECT_EQ(result.outcomes, (Outcomes{"0", "1", "10", "11", "20", "21"}));
}

void lose_at_most_one(bool& lost) {
  mp::Word& counter = make_word();
  const auto first = start(add_unsafely, &counter, "first");
  const auto second = start(add_unsafely, &counter, "second");
  static_cast<void>(mp::os().join_thread(first, mp::never));
  static_cast<void>(mp::os().join_thread(second, mp::never));
  lost = mp::os().load(counter) != 2;
  check(!lost, "an update was lost");
}

TEST(Exploration, ReportsAnAssertionWithATapeThatCannotLoseAnEntry) {
  const auto body = [] {
    bool lost = false;
    lose_at_most_one(lost);
  };
  const Result result = explore(body, {.run = {.granularity = Granularity::os}});
  const auto* failed = std::get_if<Failed>(&result.verdict);
  ASSERT_NE(failed, nullptr);
  const Failure& failure = failed->failures.at(0);
  EXPECT_EQ(failure.finding.rule, "assertion");
  ASSERT_FALSE(failure.tape.entries.empty());
  for (std::size_t dropped = 0; dropped < failure.tape.entries.size(); ++dropped) {
    Token shorter{.scenario = "program", .run = failure.run, .default_digest = 0, .tape = failure.tape};
    shorter.tape.entries.erase(shorter.tape.entries.begin() + static_cast<std::ptrdiff_t>(dropped));
    EXPECT_FALSE(std::holds_alternative<Failed>(replay(body, shorter).verdict)) << "entry " << dropped;
  }
}

TEST(Exploration, ReplaysExactlyAndSaysWhichEntryDoesNotFit) {
  Token token{
      .scenario = "program", .run = {.granularity = Granularity::os}, .default_digest = 0, .tape = {}};
  token.tape.entries.push_back(
      {.task = "main", .kind = ChoiceKind::task, .ordinal = 10'000, .chosen = "main"});
  const Result result = replay(two_adders<add_safely>, token);
  const auto* broken = std::get_if<Broken>(&result.verdict);
  ASSERT_NE(broken, nullptr);
  EXPECT_NE(broken->why.find("main's task choice 10000 -> main was never reached"), std::string::npos)
      << broken->why;
}

TEST(Exploration, CallsAProgramBrokenThatDecidesOutsideItsReach) {
  int runs = 0;  // what no program may do: keep something from one execution to the next
  const auto body = [&runs] {
    two_adders<add_safely>();
    mp::Word& word = make_word();
    for (int i = 0; i < runs; ++i) mp::os().store(word, 1);
    ++runs;
    check(runs < 3, "third time unlucky");
  };
  const Result result = explore(body, {.run = {.granularity = Granularity::os}});
  const auto* broken = std::get_if<Broken>(&result.verdict);
  ASSERT_NE(broken, nullptr);
  EXPECT_TRUE(broken->why.starts_with("nondeterministic")) << broken->why;
  EXPECT_GT(broken->step, 0U);
}

TEST(Exploration, GivesUpOnAnExecutionThatDoesNotEnd) {
  const auto body = [] {
    mp::Word& word = make_word();
    while (mp::os().load(word) == 0) {
    }
  };
  const Result result = explore(body, {.budget = {.executions = 2}, .run = {.steps_max = 1'000}});
  EXPECT_TRUE(std::holds_alternative<GaveUp>(result.verdict));
}

TEST(Exploration, CallsAProgramWithoutChoicesExhaustedAtOnce) {
  const Result result = explore([] {}, {.budget = {.executions = 5}});
  EXPECT_EQ(result.coverage.executions, 1U);
  EXPECT_TRUE(result.coverage.exhausted);
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
}

TEST(Exploration, SeesADeadlockWhenItForms) {
  const auto body = [] {
    mp::Word& word = make_word();
    static_cast<void>(mp::os().word_wait(word, 0, mp::never));
  };
  const Result result = explore(body, {});
  const auto* failed = std::get_if<Failed>(&result.verdict);
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->failures.at(0).finding.rule, "deadlock");
}

TEST(Exploration, SleepsForFreeInOrderOfDeadlines) {
  const auto body = [] {
    mp::Word& word = make_word();
    const auto sleeper = start(
        [](void* argument) {
          mp::os().sleep_until(mp::os().now() + std::chrono::hours(2));
          mp::os().store(*static_cast<mp::Word*>(argument), 2);
        },
        &word, "sleeper");
    mp::os().sleep_until(mp::os().now() + std::chrono::hours(1));
    outcome(static_cast<std::int64_t>(mp::os().load(word)));
    static_cast<void>(mp::os().join_thread(sleeper, mp::never));
    outcome(static_cast<std::int64_t>(mp::os().load(word)));
  };
  const Result result = explore(body, exhaustive(Granularity::os));
  EXPECT_EQ(result.outcomes, Outcomes{"0, 2"});
}

void get_in_time() {
  mp::Queue<int> numbers;
  mp::Thread putter([&] { numbers.put(7); });
  putter.start();
  bool is_there = true;
  try {
    numbers.get(true, 10.0s);
  } catch (const mp::Empty&) {
    is_there = false;
  }
  outcome(is_there ? "there" : "empty");
  check(is_there, "it came in time");
}

TEST(Exploration, KeepsApartWhatOnlyAnEarlyTimeoutShows) {
  const Result result = explore(get_in_time, {.budget = {.executions = 1'000}});
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  ASSERT_EQ(result.beyond.size(), 1U);
  EXPECT_EQ(result.beyond[0].finding.rule, "assertion");
  EXPECT_EQ(result.beyond[0].run.time, TimeMode::explore);
  EXPECT_EQ(result.coverage.executions, 1'000U);
  EXPECT_EQ(result.outcomes, Outcomes{"there"});
}

void go_on_for_ever_if_late() {
  mp::Event event;
  mp::RawValue<int> rounds(0);
  mp::Thread setter([&] { event.set(); });
  setter.start();
  if (!event.wait(10.0s)) {
    for (int round = 0;; ++round) rounds.value() = round;
  }
  setter.join();
}

TEST(Exploration, GivesUpNothingForWhatOnlyAnEarlyTimeoutKeepsFromEnding) {
  Options options{.budget = {.executions = 2'000}, .run = {.steps_max = 300}};
  EXPECT_TRUE(std::holds_alternative<Passed>(explore(go_on_for_ever_if_late, options).verdict));
  options.run.time = TimeMode::explore;
  EXPECT_TRUE(std::holds_alternative<GaveUp>(explore(go_on_for_ever_if_late, options).verdict));
}

void warns_and_seldom_fails() {
  mp::Lock lock({.name = "lock"});
  mp::Thread other([&] { lock.release(); });
  lock.acquire();
  other.start();
  other.join();
  check(choose(50) != 7, "not seven");
}

TEST(Exploration, GoesOnAfterAWarningAndEndsWithTheError) {
  const Result result = explore(warns_and_seldom_fails, {.budget = {.executions = 5'000}});
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  ASSERT_NE(failed, nullptr);
  ASSERT_EQ(failed->failures.size(), 2U);
  EXPECT_EQ(failed->failures[0].finding.rule, "lock-foreign-release");
  EXPECT_EQ(failed->failures[1].finding.rule, "assertion");
  EXPECT_LT(result.coverage.executions, 5'000U);
}

TEST(Exploration, LooksBeyondMaximalByPortfolioAloneAndUnlessToldNotTo) {
  const Budget budget{.executions = 1'000};
  for (const Options& options : {Options{.strategy = "random", .budget = budget},
                                 Options{.budget = budget, .looks_beyond_maximal = false}})
    EXPECT_TRUE(explore(get_in_time, options).beyond.empty()) << options.strategy;
}

TEST(Exploration, FindsWhatTheAskedTimeModeShows) {
  const Result asked = explore(get_in_time, {.run = {.time = TimeMode::explore}});
  EXPECT_TRUE(std::holds_alternative<Failed>(asked.verdict));
  const auto seldom = [] {
    mp::sleep(1s);
    check(choose(100) != 99, "seldom");  // beyond too, and perhaps there first
  };
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Result result = explore(seldom, {.seed = seed});
    EXPECT_TRUE(std::holds_alternative<Failed>(result.verdict)) << seed;
    EXPECT_TRUE(result.beyond.empty()) << seed;
  }
}

}  // namespace
}  // namespace heddle
