// Programs that lose updates of a Value or a managed dict. Those that write the same and lose nothing are in
// lost_update/ordered_test.cpp.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using Value = mp::Value<int>;
using Dict = mp::DictProxy<std::string, int>;

// Of the object "count", between these two, and seen to be lost.
void expect_lost(void (*program)(), const std::string& rule, const Names& writers) {
  expect_finding(program, rule, "count", writers);
}

constexpr auto value_rule = "unlocked-shared-value";
constexpr auto dict_rule = "unlocked-manager-update";

void add_one(Value& count) { count.value() += 1; }

template <auto target, class... A>
void two_processes(A&... arguments) {
  auto first = start<target>("first", arguments...);
  auto second = start<target>("second", arguments...);
  first.join();
  second.join();
}

// --- lost: Value ------------------------------------------------------------------------------------------

TEST(LostUpdate, OfAValueByTwoThreads) {
  expect_lost(
      [] {
        Value count(0, {.name = "count"});
        const auto first = start_thread("first", [&] { add_one(count); });
        const auto second = start_thread("second", [&] { add_one(count); });
        first.join();
        second.join();
      },
      value_rule, {"main/first", "main/second"});
}

// Three race; told of are the reader that was overtaken, whose store was lost, and no other pair of them.
TEST(LostUpdate, NamesThoseBetweenWhomItWasLost) {
  const Result result = explore(
      [] {
        Value count(0, {.name = "count"});
        auto third = start<&add_one>("third", count);
        two_processes<&add_one>(count);
        third.join();
      },
      options_of(300));
  ASSERT_EQ(rules_of(result), Names{value_rule});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  ASSERT_EQ(finding.harm, Harm::seen);
  ASSERT_EQ(finding.parties.size(), 3U);
  EXPECT_EQ(finding.parties[0].who, finding.parties[2].who);
  EXPECT_LT(finding.parties[0].step, finding.parties[1].step);
  EXPECT_LT(finding.parties[1].step, finding.parties[2].step);
  EXPECT_EQ(finding.sentence.find("nothing orders"), std::string::npos) << finding.sentence;
}

TEST(LostUpdate, OfAValueByMainAndAChildThatOverwritesBlindly) {
  expect_lost(
      [] {
        Value count(0, {.name = "count"});
        auto child = start<[](Value& shared) { shared.value() = 100; }>("child", count);
        add_one(count);
        child.join();
      },
      value_rule, {"main", "child"});
}

void add_one_in_two_sections(Value& count) {
  int seen = 0;
  {
    const mp::With held(count.get_lock());
    seen = count.value();
  }
  const mp::With held(count.get_lock());
  count.value() = seen + 1;
}

TEST(LostUpdate, OfAValueReadAndWrittenUnderItsLockButNotInOneSection) {
  expect_lost(
      [] {
        Value count(0, {.name = "count"});
        two_processes<&add_one_in_two_sections>(count);
      },
      value_rule, {"first", "second"});
}

void write_under_lock(Value& count) {
  const int seen = count.value();
  const mp::With held(count);
  count.value() = seen + 1;
}

TEST(LostUpdate, OfAValueReadBeforeItsLockIsTaken) {
  expect_lost(
      [] {
        Value count(0, {.name = "count"});
        two_processes<&write_under_lock>(count);
      },
      value_rule, {"first", "second"});
}

void add_one_with_permit(Value& count, mp::Semaphore& permits) {
  const mp::With held(permits);
  add_one(count);
}

TEST(LostUpdate, OfAValueBehindASemaphoreWithTwoPermits) {
  expect_lost(
      [] {
        Value count(0, {.name = "count"});
        mp::Semaphore permits(2, {.name = "permits"});
        two_processes<&add_one_with_permit>(count, permits);
      },
      value_rule, {"first", "second"});
}

void add_one_locked_or_not(Value& count, mp::Lock& lock) {
  const bool held = lock.acquire(false);  // the plant: goes on either way
  add_one(count);
  if (held) lock.release();
}

TEST(LostUpdate, OfAValueBehindALockThatWasNotObtained) {
  expect_lost(
      [] {
        Value count(0, {.name = "count"});
        mp::Lock lock({.name = "lock"});
        two_processes<&add_one_locked_or_not>(count, lock);
      },
      value_rule, {"first", "second"});
}

TEST(LostUpdate, OfAnElementOfAnArray) {
  expect_lost(
      [] {
        mp::Array<int> count(2, {.name = "count"});
        two_processes<[](mp::Array<int>& shared) { shared[1] += 1; }>(count);
      },
      value_rule, {"first", "second"});
}

TEST(LostUpdate, OfAnArrayThatIsStoredAsASlice) {
  expect_lost(
      [] {
        mp::Array<int> count(2, {.name = "count"});
        auto first = start<[](mp::Array<int>& shared) { shared[1] += 1; }>("first", count);
        auto second = start<[](mp::Array<int>& shared) {
          shared.store_slice({}, {}, {5, 5});
        }>("second", count);
        first.join();
        second.join();
      },
      value_rule, {"first", "second"});
}

// --- lost: manager ----------------------------------------------------------------------------------------

void insert_if_absent(Dict& count) {
  if (!count.contains("key")) count["key"] = 1;
}

TEST(LostUpdate, OfADictByTwoThatCheckBeforeTheyInsert) {
  expect_lost(
      [] {
        mp::Manager manager;
        Dict count = manager.dict<std::string, int>("count");
        two_processes<&insert_if_absent>(count);
      },
      dict_rule, {"first", "second"});
}

void add_after_default(Dict& count) { count["key"] = count.setdefault("key", 0) + 1; }

TEST(LostUpdate, OfADictByThoseWhoStartFromSetdefault) {
  expect_lost(
      [] {
        mp::Manager manager;
        Dict count = manager.dict<std::string, int>("count");
        two_processes<&add_after_default>(count);
      },
      dict_rule, {"first", "second"});
}

TEST(LostUpdate, OfADictBetweenAThreadOfMainAndAChildThatErases) {
  expect_lost(
      [] {
        mp::Manager manager;
        Dict count = manager.dict<std::string, int>("count");
        count["key"] = 1;
        auto child = start<[](Dict& shared) { shared.erase("key"); }>("child", count);
        const auto thread = start_thread("adder", [&] { count["key"] = count.get("key", 0) + 1; });
        child.join();
        thread.join();
      },
      dict_rule, {"main/adder", "child"});
}

TEST(LostUpdate, OfADictThatIsCleared) {
  expect_lost(
      [] {
        mp::Manager manager;
        Dict count = manager.dict<std::string, int>("count");
        auto child = start<[](Dict& shared) { shared.clear(); }>("child", count);
        count["key"] = count.get("key", 0) + 1;
        child.join();
      },
      dict_rule, {"main", "child"});
}

void add_one_through_a_copy(Dict& count) {
  auto all = count.copy();
  ++all["k"];
  count.update(all);
}

TEST(LostUpdate, IsSeenThroughACopyThatIsPutBack) {
  expect_lost(
      [] {
        mp::Manager manager;
        Dict count = manager.dict<std::string, int>("count");
        count.set("k", 0);
        two_processes<&add_one_through_a_copy>(count);
      },
      dict_rule, {"first", "second"});
}

}  // namespace
}  // namespace heddle
