// Consumers that wait for an item and take it: with an `if`, which a second consumer makes wrong, and in
// loops.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using Count = mp::Value<int>;

void make_two(mp::Condition& changed, Count& items) {
  for (int i = 0; i < 2; ++i) {
    const mp::With held(changed);
    items.value() += 1;
    changed.notify();
  }
}

void take_once_notified(mp::Condition& changed, Count& items) {
  const mp::With held(changed);
  if (items.value() == 0) changed.wait();  // the plant
  items.value() -= 1;
}

void take_in_a_loop(mp::Condition& changed, Count& items) {
  const mp::With held(changed);
  while (items.value() == 0) changed.wait();
  items.value() -= 1;
}

void take_by_predicate(mp::Condition& changed, Count& items) {
  const mp::With held(changed);
  changed.wait_for([&] { return items.value() > 0; });
  items.value() -= 1;
}

void take_on_one_line(mp::Condition& changed, Count& items) {
  const mp::With held(changed);
  if (items.value() == 0) changed.wait();  // the plant
  items.value() = items.value() - 1;
}

void take_if_there_is_one(mp::Condition& changed, Count& items) {
  const mp::With held(changed);
  if (items.value() == 0) changed.wait();
  // clang-format off
  if (items.value() == 1) items.value() = 0;
  // clang-format on
}

template <auto take>
void two_consumers() {
  mp::Condition changed({.name = "changed"});
  Count items(0, {.name = "items"});
  auto first = start<take>("first", changed, items);
  auto second = start<take>("second", changed, items);
  make_two(changed, items);
  first.join();
  second.join();
}

TEST(ConditionLoop, IsMissedByAConsumerWhoseItemIsTakenBeforeItHasTheLock) {
  Options options = options_of(500);
  options.seek_harm = false;
  const Result result = explore(&two_consumers<&take_once_notified>, options);
  ASSERT_EQ(rules_of(result), Names{"condition-not-in-loop"});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.object, "changed");
  EXPECT_EQ(finding.harm, Harm::predicted);
  EXPECT_NE(finding.sentence.find("waited in changed.wait() for items; main notified it"), std::string::npos)
      << finding.sentence;
}

TEST(ConditionLoop, IsThereWhereTheConsumerLooksAgain) {
  expect_silence(&two_consumers<&take_in_a_loop>);
  expect_silence(&two_consumers<&take_by_predicate>);
}

TEST(ConditionLoop, IsNotWantedOfAWaiterThatNobodyComesBefore) {
  expect_silence([] {
    mp::Condition changed({.name = "changed"});
    Count items(0, {.name = "items"});
    auto only = start<&take_once_notified>("only", changed, items);
    {
      const mp::With held(changed);
      items.value() += 1;
      changed.notify();
    }
    only.join();
  });
}

TEST(ConditionLoop, IsNotMadeUpForByTheReadOfAnUpdate) {
  Options options = options_of(500);
  options.seek_harm = false;
  EXPECT_EQ(rules_of(explore(&two_consumers<&take_on_one_line>, options)), Names{"condition-not-in-loop"});
}

void make_one(mp::Condition& changed, Count& items) {
  const mp::With held(changed);
  items.value() = 1;
  changed.notify_all();
}

TEST(ConditionLoop, IsNotMissedByWhoLooksOnTheLineThatWrites) {
  expect_silence([] {
    mp::Condition changed({.name = "changed"});
    Count items(0, {.name = "items"});
    auto first = start<&take_if_there_is_one>("first", changed, items);
    auto second = start<&take_if_there_is_one>("second", changed, items);
    mp::sleep(1s);  // both wait by now
    make_one(changed, items);
    first.join();
    second.join();
  });
}

}  // namespace
}  // namespace heddle
