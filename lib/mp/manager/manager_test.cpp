// Manager and DictProxy: what requests do, across processes, and what becomes of a server and its clients
// when the other side misbehaves or goes. On the real Os.
#include <mp/manager/manager.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <mp/channel/framing.hpp>
#include <mp/manager/client.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/lock.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;
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

TEST(DictProxy, KeepsItsObjectWhileItIsOnItsWayToAChild) {
  Manager manager;
  auto start_with_the_last_proxy = [&] {
    Counts counts = manager.dict<std::string, int>();
    counts["a"] = 1;
    Process child(fn<[](Counts& given) { exit(given["a"] + 10); }>, args(counts));
    child.start();
    return child;
  };
  Process child = start_with_the_last_proxy();
  child.join();
  EXPECT_EQ(child.exitcode(), 11);
}

// MGR-15.
TEST(Manager, ReleasesAnObjectWithItsLastProxy) {
  Manager manager;
  const auto get_from_first = [&] {
    return manager::ask(os(), manager.address(),
                        {.method = manager::Method::size, .number = 1, .words = {}, .arguments = {}});
  };
  {
    Counts counts = manager.dict<std::string, int>();
    Counts moved = std::move(counts);
    EXPECT_EQ(get_from_first().values.size(), 1U);
  }
  EXPECT_THROW(get_from_first(), RemoteError);
}

// MGR-17.
TEST(Manager, IsShutDownAnyNumberOfTimes) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  counts["a"] = 1;
  manager.shutdown();
  manager.shutdown();
  EXPECT_THROW((manager.dict<std::string, int>()), AssertionError);
  EXPECT_THROW(counts["a"] = 2, Error);    // the connection that was there
  EXPECT_THROW(counts["a"] = 2, OSError);  // a new one
}

TEST(Manager, EndsWithItsCreatorWhoForgotIt) {
  Process creator(fn<[] { new Manager(); }>);
  creator.start();
  creator.join();
  EXPECT_EQ(creator.exitcode(), 0);
}

/// Connects, sends, and waits for the server to hang up.
void send_and_be_dropped(const std::string& address, const Bytes& bytes) {
  const Descriptor fd = os().connect(address).value();
  ASSERT_TRUE(os().write(fd, bytes).has_value());
  std::byte reply{};
  const Result<std::size_t> got = os().read(fd, std::span(&reply, 1));
  EXPECT_TRUE(!got || *got == 0);
  os().close(fd);
}

Bytes framed(const Bytes& body) {
  Bytes message(4 + body.size());
  message[3] = static_cast<std::byte>(body.size());
  std::ranges::copy(body, message.begin() + 4);
  return message;
}

TEST(Manager, DropsAConnectionThatSendsNoRequestsAndLivesOn) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  counts["a"] = 1;
  send_and_be_dropped(manager.address(), framed({}));
  send_and_be_dropped(manager.address(), framed(Bytes(20, std::byte{0xc1})));
  // The length of a huge array, in a whole request otherwise.
  Bytes huge =
      encode(manager::Request{.method = manager::Method::get, .number = 1, .words = {}, .arguments = {}});
  huge.back() = std::byte{0xdd};
  huge.insert(huge.end(), 4, std::byte{0xff});
  send_and_be_dropped(manager.address(), framed(huge));
  // A request with other arguments than its method takes.
  const Bytes bare =
      encode(manager::Request{.method = manager::Method::set, .number = 1, .words = {}, .arguments = {}});
  send_and_be_dropped(manager.address(), framed(bare));
  EXPECT_EQ(counts.at("a"), 1);
}

TEST(Manager, OutlivesAClientThatGoesInTheMiddleOfARequest) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  const Descriptor fd = os().connect(manager.address()).value();
  const Bytes half{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{9}, std::byte{1}};
  ASSERT_TRUE(os().write(fd, half).has_value());
  os().close(fd);
  counts["a"] = 1;
  EXPECT_EQ(counts.at("a"), 1);
}

}  // namespace
}  // namespace mp
