// How honestly an exploration says what it saw: figures, promises, orders, and when it is vacuous.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using trial::rules_of;
using Labels = std::set<std::string>;

Options options_of(std::string strategy, std::uint64_t executions) {
  return {.strategy = std::move(strategy), .budget = {.executions = executions}};
}

// Two tasks that take a lock once each, so that there are two orders, and more ways to come to them.
void two_lockers() {
  mp::Lock lock({.name = "lock"});
  const auto work = [&lock] { const mp::With held(lock); };
  mp::Thread first(work, {.name = "first"});
  mp::Thread second(work, {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

TEST(Coverage, CountsInterleavingsSeenOnceOnly) {
  const Coverage one = explore(&two_lockers, options_of("random", 1)).coverage;
  EXPECT_EQ(one.interleavings, 1U);
  EXPECT_EQ(one.interleavings_once, 1U);
  const Coverage many = explore(&two_lockers, options_of("random", 2'000)).coverage;
  EXPECT_GT(many.interleavings, 1U);
  EXPECT_EQ(many.interleavings_once, 0U);
  EXPECT_TRUE(many.is_by_chance);
}

TEST(Coverage, OfAnExhaustiveSearchIsNoDraw) {
  EXPECT_FALSE(explore(&two_lockers, options_of("exhaustive", 100'000)).coverage.is_by_chance);
}

TEST(Coverage, PromisesWhatPctPromises) {
  const Coverage seen = explore(&two_lockers, options_of("pct:2", 500)).coverage;
  EXPECT_EQ(seen.miss_bound.strategy, "pct");
  EXPECT_EQ(seen.miss_bound.depth, 2U);
  EXPECT_EQ(seen.miss_bound.tasks, 3U);
  EXPECT_GT(seen.miss_bound.choices, 2U);
  EXPECT_GT(seen.miss_bound.executions, 400U);
  EXPECT_LT(seen.miss_bound.probability(), 0.01);
  EXPECT_EQ(explore(&two_lockers, options_of("random", 500)).coverage.miss_bound, MissBound{});
}

TEST(Coverage, ShowsBothOrdersOfALock) {
  const Coverage seen = explore(&two_lockers, options_of("random", 500)).coverage;
  ASSERT_EQ(seen.orders.size(), 1U);
  EXPECT_EQ(seen.orders[0].object, "lock");
  // Acquire and acquire, acquire and release, release and release.
  EXPECT_EQ(count_orders(seen.orders).all, 6U);
  EXPECT_EQ(count_orders(seen.orders).seen, 6U);
}

// Not the second task's acquire or release before the first's of the same name.
TEST(Coverage, ShowsOneOrderWhereOnlyOneWasRun) {
  const Coverage seen = explore(&two_lockers, options_of("preemptions:0", 1)).coverage;
  const OrdersSeen count = count_orders(seen.orders);
  EXPECT_EQ(count.seen, 4U);
  EXPECT_EQ(count.all, 6U);
}

TEST(Coverage, SaysThatTasksNeverMet) {
  const auto strangers = [] {
    mp::Lock own;
    mp::Thread other([] {
      mp::Lock another;
      const mp::With held(another);
    });
    other.start();
    { const mp::With held(own); }
    other.join();
  };
  EXPECT_TRUE(explore(strangers, options_of("random", 100)).coverage.have_never_met);
  EXPECT_FALSE(explore(&two_lockers, options_of("random", 100)).coverage.have_never_met);
}

TEST(Coverage, KnowsLabelsThatWereReached) {
  const auto body = [] {
    must_reach("two");
    if (choose(3) == 2) reached("two");
  };
  const Result result = explore(body, options_of("random", 1'000));
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  EXPECT_EQ(result.coverage.reached, Labels{"two"});
  EXPECT_EQ(result.coverage.unreached, Labels{});
}

// A label that only one execution comes to is declared by others.
void never_there() {
  must_reach("three");
  if (choose(3) == 3) reached("three");
}

TEST(Vacuous, IsAnExplorationThatMissesALabel) {
  const Result result = explore(&never_there, options_of("random", 100));
  EXPECT_EQ(rules_of(result), trial::Names{"vacuous"});
  EXPECT_EQ(result.coverage.unreached, Labels{"three"});
}

TEST(Vacuous, IsAnExhaustedSearchThatMissesALabelToo) {
  const Result result = explore(&never_there, options_of("exhaustive", 100));
  ASSERT_EQ(rules_of(result), trial::Names{"vacuous"});
  EXPECT_EQ(std::get<Failed>(result.verdict).failures.at(0).finding.sentence,
            "no execution reached 'three', which must be reached (3 executions, all that there are)");
}

TEST(Vacuous, IsNoVerdictBesideAFinding) {
  const auto body = [] {
    must_reach("the end");
    check(false, "not so far");
    reached("the end");
  };
  EXPECT_EQ(rules_of(explore(body, options_of("random", 10))), trial::Names{"assertion"});
}

TEST(Vacuous, IsNoVerdictOnAnInterruptedSearch) {
  Options options = options_of("random", 1'000'000);
  options.is_interrupted = [] { return true; };
  EXPECT_TRUE(std::holds_alternative<Passed>(explore(&never_there, options).verdict));
}

}  // namespace
}  // namespace heddle
