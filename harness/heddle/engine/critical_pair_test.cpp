// The pair of steps that decides, in programs where it is known, and what a failure says of its deviations.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

// What has no part in it: each acquire and release is a step of its own.
void idle(mp::Lock& lock, int times) {
  for (int i = 0; i < times; ++i) mp::With held(lock);
}

// "second" must not look before "first" has set the flag; both do other things before and after.
void looks_too_early() {
  mp::Lock mine({.name = "mine"});
  mp::Lock yours({.name = "yours"});
  mp::Event flag({.name = "flag"});
  auto first = trial::start_thread("first", [&] {
    idle(mine, 5);
    flag.set();
    idle(mine, 5);
  });
  auto second = trial::start_thread("second", [&] {
    idle(yours, 3);
    check(flag.is_set(), "the flag is up");
    idle(yours, 3);
  });
  first.join();
  second.join();
}

Failure failure_of(void (*program)(), Options options) {
  options.budget.executions = 2'000;
  const Result result = explore(program, options);
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr ? Failure{} : failed->failures.at(0);
}

void expect_look_before_set(Granularity granularity) {
  const Failure failure = failure_of(&looks_too_early, {.run = {.granularity = granularity}});
  ASSERT_TRUE(failure.critical_pair);
  EXPECT_EQ(failure.critical_pair->first.who, "main/second");
  EXPECT_EQ(failure.critical_pair->first.operation, "flag.is_set()");
  EXPECT_EQ(failure.critical_pair->second.who, "main/first");
  EXPECT_EQ(failure.critical_pair->second.operation, "flag.set()");
}

TEST(CriticalPair, IsTheLookThatComesBeforeTheSet) { expect_look_before_set(Granularity::op); }

TEST(CriticalPair, IsTheSameAmongOsCalls) { expect_look_before_set(Granularity::os); }

TEST(CriticalPair, HasTheStepsOfTheHistoryThatIsShown) {
  const Failure failure = failure_of(&looks_too_early, {});
  ASSERT_TRUE(failure.critical_pair && failure.history);
  const Party& first = failure.critical_pair->first;
  bool is_there = false;
  for (const OperationRow& row : failure.history->operations)
    is_there = is_there || (row.step_begin == first.step && row.verb == mp::Verb::is_set);
  EXPECT_TRUE(is_there) << first.step;
}

TEST(CriticalPair, IsNotThereWhereTheDefaultRunFails) {
  const Failure failure = failure_of([] { check(false, "always"); }, {});
  EXPECT_EQ(failure.finding.rule, "assertion");
  EXPECT_FALSE(failure.critical_pair);
  EXPECT_TRUE(failure.essentials.empty());
}

TEST(Essentials, SayWhoRunsInsteadOfWhom) {
  const Failure failure = failure_of(&looks_too_early, {});
  ASSERT_EQ(failure.essentials.size(), failure.tape.entries.size());
  ASSERT_EQ(failure.essentials.size(), 1u);
  EXPECT_EQ(failure.essentials[0].kind, ChoiceKind::task);
  EXPECT_EQ(failure.essentials[0].who, "main/second");
  EXPECT_EQ(failure.essentials[0].instead, "main/first");
}

// Fails if "second" looks when "first" has set one flag and stands before the other. `goes_on`: it comes to
// set that before the finding ends the execution.
template <bool goes_on>
void looks_in_between() {
  mp::Event one({.name = "one"});
  mp::Event other({.name = "other"});
  auto first = trial::start_thread("first", [&] {
    one.set();
    other.set();
  });
  auto second = trial::start_thread("second", [&] {
    const bool is_between = one.is_set() && !other.is_set();
    if (goes_on) other.wait();
    check(!is_between, "both or neither");
  });
  first.join();
  second.join();
}

TEST(Essentials, SayAtWhichOperationTheOtherStands) {
  const Failure failure = failure_of(&looks_in_between<true>, {});
  ASSERT_FALSE(failure.essentials.empty());
  EXPECT_EQ(failure.essentials.back().instead, "main/first");
  EXPECT_EQ(failure.essentials.back().operation, "other.set()");
}

TEST(Essentials, SayAtWhichObjectItStandsIfItNeverGoesOn) {
  const Failure failure = failure_of(&looks_in_between<false>, {});
  ASSERT_FALSE(failure.essentials.empty());
  EXPECT_EQ(failure.essentials.back().operation, "other");
}

void take_again_and_again(mp::Lock& lock) { idle(lock, 4); }

void dies_holding() {
  mp::Lock lock({.name = "lock"});
  auto child = trial::start<&take_again_and_again>("child", lock);
  child.join();
  const mp::With held(lock);
}

TEST(Essentials, TellTheFaultThatStrikes) {
  const Failure failure = failure_of(&dies_holding, {.run = {.faults = {ChoiceKind::kill}, .faults_max = 1}});
  EXPECT_EQ(failure.finding.rule, "lock-orphaned");
  ASSERT_EQ(failure.essentials.size(), 1u);
  EXPECT_EQ(failure.essentials[0].kind, ChoiceKind::kill);
  EXPECT_EQ(failure.essentials[0].who, "child");
}

TEST(Essentials, HaveTheLeastDataThatFail) {
  const Failure failure = failure_of([] { check(choose(100) < 37, "less than 37"); }, {});
  ASSERT_EQ(failure.essentials.size(), 1u);
  EXPECT_EQ(failure.essentials[0].kind, ChoiceKind::data);
  EXPECT_EQ(failure.essentials[0].answer, 37u);
}

}  // namespace
}  // namespace heddle
