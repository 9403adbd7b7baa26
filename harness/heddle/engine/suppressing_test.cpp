// Known findings are put aside, and nothing else is: the search goes on, the others are found, replayed and
// shrunk as ever.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;

Options with(std::string rule, std::string pattern, std::uint32_t findings_max = 1) {
  Options options{.budget = {.executions = 300}, .findings_max = findings_max};
  options.suppressions = {
      .file = "known.txt",
      .lines = {{.rule = std::move(rule), .pattern = std::move(pattern), .reason = "we know", .line = 1}}};
  return options;
}

std::set<std::string> objects_aside(const Result& result) {
  std::set<std::string> objects;
  for (const Suppressed& each : result.suppressed) objects.insert(each.object);
  return objects;
}

const Finding& only_finding(const Result& result) {
  return std::get<Failed>(result.verdict).failures.at(0).finding;
}

// --- damage that the program survives -------------------------------------------------------------------

void release_again(mp::Lock& lock) {
  try {
    lock.release();
  } catch (const mp::ValueError&) {
  }
}

void releases_two_locks_too_often() {
  mp::Lock first({.name = "first"});
  mp::Lock second({.name = "second"});
  release_again(first);
  release_again(second);
}

TEST(Suppressing, WithoutALineTheFirstFindingEndsTheSearch) {
  const Result result = explore(&releases_two_locks_too_often, with("crash", "*"));
  EXPECT_EQ(only_finding(result).object, "first");
  EXPECT_TRUE(result.suppressed.empty());
}

TEST(Suppressing, TheNextFindingOfTheExecutionIsFound) {
  const Result result = explore(&releases_two_locks_too_often, with("lock-over-release", "first"));
  ASSERT_EQ(rules_of(result), Names{"lock-over-release"});
  EXPECT_EQ(only_finding(result).object, "second");
  EXPECT_EQ(objects_aside(result), Names{"first"});
  EXPECT_EQ(result.suppressed.begin()->by, "known.txt:1");
}

TEST(Suppressing, AllOfThemIsAPass) {
  const Result result = explore(&releases_two_locks_too_often, with("lock-over-release", "*"));
  EXPECT_EQ(rules_of(result), Names{});
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  EXPECT_EQ(objects_aside(result), (Names{"first", "second"}));
  EXPECT_TRUE(result.coverage.exhausted);
}

TEST(Suppressing, AnExpiredLineSuppressesNothing) {
  Options options = with("lock-over-release", "*");
  options.suppressions.lines[0].is_expired = true;
  EXPECT_EQ(rules_of(explore(&releases_two_locks_too_often, options)), Names{"lock-over-release"});
}

TEST(Suppressing, ThePlaceOfAPartyWillDo) {
  const Result first = explore(&releases_two_locks_too_often, with("crash", "*"));
  const std::string line = std::to_string(only_finding(first).parties.at(0).where.line());
  const Result result =
      explore(&releases_two_locks_too_often, with("lock-over-release", "suppressing_test.cpp:" + line));
  EXPECT_EQ(rules_of(result), Names{});
}

TEST(Suppressing, ThePlaceWhereTheObjectWasMadeWillDo) {
  std::set<std::string> aside;
  // The locks are made in the first two lines of their program: one pattern for each line of this file.
  for (int number = 1; number < 60; ++number) {
    const Result result =
        explore(&releases_two_locks_too_often,
                with("lock-over-release", "suppressing_test.cpp:" + std::to_string(number)));
    for (const std::string& object : objects_aside(result)) aside.insert(object);
    EXPECT_LT(objects_aside(result).size(), 3U);
  }
  EXPECT_EQ(aside, (Names{"first", "second"}));
}

// --- waits that nobody can end --------------------------------------------------------------------------

void crosswise(mp::Lock& one, mp::Lock& other) {
  one.acquire();
  other.acquire();
  other.release();
  one.release();
}

/// Two pairs of tasks that may each block each other for ever, in the same execution as well.
void two_deadlocks() {
  mp::Lock a({.name = "a"});
  mp::Lock b({.name = "b"});
  mp::Lock c({.name = "c"});
  mp::Lock d({.name = "d"});
  auto one = start<&crosswise>("one", a, b);
  auto two = start<&crosswise>("two", b, a);
  auto three = start<&crosswise>("three", c, d);
  auto four = start<&crosswise>("four", d, c);
  for (mp::Process* each : {&one, &two, &three, &four}) each->join();
}

/// One process always blocks itself for ever, and main comes to wait for it; a pair may block each other.
void stand_alone() {
  mp::Lock lock({.name = "known"});
  lock.acquire();
  lock.acquire();
}
void waits_for_one_that_stands() { start<&stand_alone>("standing").join(); }
void a_deadlock_beside_a_known_one() {
  mp::Lock c({.name = "c"});
  mp::Lock d({.name = "d"});
  auto three = start<&crosswise>("three", c, d);
  auto four = start<&crosswise>("four", d, c);
  auto standing = start<&stand_alone>("standing");
  three.join();
  four.join();
  standing.join();
}

void clear_and_wait(mp::Event& event) {
  event.clear();
  event.wait();
}
void wait_for(mp::Event& event) { event.wait(); }

void an_event_is_cleared_too_early() {
  mp::Event event({.name = "event"});
  mp::Process clearer(mp::fn<&clear_and_wait>, mp::args(event), {.name = "clearer"});
  mp::Process waiter(mp::fn<&wait_for>, mp::args(event), {.name = "waiter"});
  clearer.start();
  waiter.start();
  event.set();
  clearer.join();
}

// A warning may be all that is told of a standstill.
TEST(Suppressing, AWarningThatExplainsAStandstillIsNoDeadlockInItsPlace) {
  Options options = with("event-pulse-missed", "*", 8);
  options.suppressions.lines.push_back({.rule = "deadlock", .pattern = "*", .reason = "we know", .line = 2});
  const Result result = explore(&an_event_is_cleared_too_early, options);
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  EXPECT_TRUE(objects_aside(result).contains("event"));
}

TEST(Suppressing, AHopelessWaitDoesNotHideAnother) {
  Options options = with("deadlock", "a", 8);
  options.suppressions.lines.push_back({.rule = "deadlock", .pattern = "b", .reason = "we know", .line = 2});
  options.seek_harm = false;
  const Result result = explore(&two_deadlocks, options);
  for (const Failure& each : std::get<Failed>(result.verdict).failures)
    if (each.finding.rule == "deadlock") {
      EXPECT_TRUE(each.finding.object == "c" || each.finding.object == "d") << each.finding.object;
    }
  EXPECT_TRUE(rules_of(result).contains("deadlock"));
  EXPECT_FALSE(result.suppressed.empty());
}

TEST(Suppressing, WhoWaitsForAKnownHopelessWaitIsNoFindingOfItsOwn) {
  Options options = with("lock-self-deadlock", "known", 8);
  const Result result = explore(&waits_for_one_that_stands, options);
  EXPECT_EQ(rules_of(result), Names{});
  EXPECT_EQ(objects_aside(result), Names{"known"});
}

TEST(Suppressing, AWaitThatIsAlwaysHopelessHidesNoOther) {
  Options options = with("lock-self-deadlock", "known", 8);
  options.suppressions.lines.push_back(
      {.rule = "lock-order-inversion", .pattern = "*", .reason = "its harm is wanted", .line = 2});
  const Result result = explore(&a_deadlock_beside_a_known_one, options);
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
  EXPECT_TRUE(objects_aside(result).contains("known"));
}

}  // namespace
}  // namespace heddle
