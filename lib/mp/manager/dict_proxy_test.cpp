// DictProxy: what requests do, across processes and threads. On the real Os.
#include <mp/manager/dict_proxy.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <mp/manager/manager.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/lock.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

using Counts = DictProxy<std::string, int>;
using testing::ElementsAre;
using testing::Pair;

TEST(DictProxy, ReadsWhatWasAssigned) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>("counts");
  counts["a"] = 1;
  counts["a"] += 5;
  counts["a"] -= 2;
  const int value = counts["a"];
  EXPECT_EQ(value, 4);
  counts["b"] = counts["a"];
  EXPECT_EQ(counts.at("b"), 4);
}

// MGR-07.
TEST(DictProxy, MissesKeysThatAreNotThere) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  EXPECT_THROW(static_cast<void>(int{counts["a"]}), KeyError);
  EXPECT_THROW(counts["a"] += 1, KeyError);
  EXPECT_THROW(counts.erase("a"), KeyError);
  EXPECT_THROW(counts.pop("a"), KeyError);
  EXPECT_EQ(counts.get("a"), std::nullopt);
  EXPECT_EQ(counts.get("a", 7), 7);
  EXPECT_FALSE(counts.contains("a"));
}

TEST(DictProxy, TakesOutAndPutsDefaults) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  EXPECT_EQ(counts.setdefault("a", 1), 1);
  EXPECT_EQ(counts.setdefault("a", 2), 1);
  EXPECT_EQ(counts.pop("a"), 1);
  EXPECT_EQ(counts.size(), 0U);
}

TEST(DictProxy, ListsItemsInTheOrderOfInsertion) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  counts.set("z", 1);
  counts.update({{"b", 2}, {"a", 3}});
  counts.set("z", 4);
  EXPECT_THAT(counts.keys(), ElementsAre("z", "a", "b"));
  EXPECT_THAT(counts.items(), ElementsAre(Pair("z", 4), Pair("a", 3), Pair("b", 2)));
  EXPECT_THAT(counts.copy(), ElementsAre(Pair("a", 3), Pair("b", 2), Pair("z", 4)));
  counts.erase("a");
  EXPECT_TRUE(counts.contains("b"));
  counts.clear();
  EXPECT_EQ(counts.size(), 0U);
}

// MGR-05.
TEST(DictProxy, HoldsCopies) {
  Manager manager;
  auto lists = manager.dict<int, std::vector<int>>();
  lists.set(1, {1});
  lists.at(1).push_back(2);
  EXPECT_THAT(lists.at(1), ElementsAre(1));
}

void fill(Counts& counts, int first) {
  for (int i = 0; i < 100; ++i) counts.set(std::to_string(first + i), i);
}

// MGR-03.
TEST(DictProxy, LosesNoSingleCallOfManyProcesses) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  std::vector<Process> processes;
  for (int i = 0; i < 4; ++i) processes.emplace_back(fn<&fill>, args(counts, 1000 * i));
  for (Process& process : processes) process.start();
  for (Process& process : processes) process.join();
  EXPECT_EQ(counts.size(), 400U);
}

void decrement(Counts& counts, Lock& lock) {
  for (int i = 0; i < 50; ++i) {
    const With held(lock);
    counts["count"] -= 1;
  }
}

// MGR-04: exact with a lock; without one the scenario manager-unlocked-dec loses updates.
TEST(DictProxy, CountsExactlyUnderALock) {
  Manager manager;
  Lock lock;
  Counts counts = manager.dict<std::string, int>();
  counts["count"] = 1000;
  std::vector<Process> processes;
  for (int i = 0; i < 3; ++i) processes.emplace_back(fn<&decrement>, args(counts, lock));
  for (Process& process : processes) process.start();
  for (Process& process : processes) process.join();
  EXPECT_EQ(counts.at("count"), 850);
}

// MGR-02.
TEST(DictProxy, GivesEachThreadAConnectionOfItsOwn) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  std::vector<Thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&counts, i] { fill(counts, 1000 * i); });
  for (Thread& thread : threads) thread.start();
  for (Thread& thread : threads) thread.join();
  EXPECT_EQ(counts.size(), 400U);
}

TEST(DictProxy, TakesOutTheLastItem) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>({{"a", 1}, {"b", 2}});
  EXPECT_THAT(counts.popitem(), Pair("b", 2));
  EXPECT_THAT(counts.popitem(), Pair("a", 1));
  EXPECT_THROW(counts.popitem(), KeyError);
  EXPECT_EQ(counts.pop("a", 9), 9);
}

TEST(DictProxy, IsIteratedByKeysUntilTheirNumberChanges) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>({{"a", 1}, {"b", 2}});
  std::string keys;
  for (const std::string& key : counts) keys += key;
  EXPECT_EQ(keys, "ab");
  auto place = counts.begin();
  counts["c"] = 3;
  EXPECT_THROW(++place, RuntimeError);
}

// MGR-06.
TEST(DictProxy, IsShownAsItsReferent) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>({{"a", 1}, {"b", -2}});
  EXPECT_EQ(counts.str(), "{'a': 1, 'b': -2}");
  EXPECT_EQ(counts.repr(), "<DictProxy object, typeid 'dict'>");
}

}  // namespace
}  // namespace mp
