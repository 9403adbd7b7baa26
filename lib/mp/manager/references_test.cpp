// How proxies cross, and what keeps their objects meanwhile (MGR-05, MGR-14, MGR-15, MGR-16). On the real Os.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include <mp/channel/pipe.hpp>
#include <mp/manager/manager.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/queue.hpp>
#include <mp/sync/semaphore.hpp>

namespace mp {
namespace {

using Numbers = ListProxy<int>;
using Counts = DictProxy<std::string, int>;

// MGR-15.
TEST(References, KeepAnObjectWhileThereIsAProxy) {
  Manager manager;
  {
    const Numbers list = manager.list<int>();
    EXPECT_EQ(manager.number_of_objects(), 1U);
  }
  EXPECT_EQ(manager.number_of_objects(), 0U);
}

TEST(References, MoveWithTheirProxy) {
  Manager manager;
  Numbers list = manager.list<int>({1});
  Numbers other = std::move(list);
  Numbers third = manager.list<int>();
  third = std::move(other);
  EXPECT_EQ(third.at(0), 1);
}

// MGR-05.
TEST(References, OfNestedProxiesAreTheContainers) {
  Manager manager;
  const auto outer = manager.list<Numbers>();
  outer.append(manager.list<int>({1}));
  EXPECT_EQ(manager.number_of_objects(), 2U);
  outer.at(0).append(2);
  EXPECT_EQ(outer.at(0).slice(), (std::vector<int>{1, 2}));
  EXPECT_EQ(outer.str(), "[<ListProxy object>]");
}

TEST(References, OfANestedProxyEndWithItsRemoval) {
  Manager manager;
  const auto outer = manager.dict<std::string, Numbers>();
  outer.set("a", manager.list<int>({1}));
  outer.set("b", manager.list<int>({2}));
  EXPECT_EQ(manager.number_of_objects(), 3U);
  {
    const Numbers taken = outer.pop("a");
    EXPECT_EQ(taken.at(0), 1);
    EXPECT_EQ(manager.number_of_objects(), 3U);
  }
  EXPECT_EQ(manager.number_of_objects(), 2U);
  outer.set("b", manager.list<int>({3}));
  EXPECT_EQ(manager.number_of_objects(), 2U);
  outer.clear();
  EXPECT_EQ(manager.number_of_objects(), 1U);
}

TEST(References, NestToAnyDepthAndGoTogether) {
  Manager manager;
  using Chain = ListProxy<Numbers>;
  {
    const auto outermost = manager.list<Chain>();
    {
      const Chain middle = manager.list<Numbers>();
      middle.append(manager.list<int>({5}));
      outermost.append(middle);
    }
    EXPECT_EQ(manager.number_of_objects(), 3U);
    EXPECT_EQ(outermost.at(0).at(0).at(0), 5);
  }
  EXPECT_EQ(manager.number_of_objects(), 0U);
}

TEST(References, OfARepeatedListAreCountedForEachPlace) {
  Manager manager;
  const auto outer = manager.list<Numbers>();
  outer.append(manager.list<int>({1}));
  outer *= 3;
  outer.del(0);
  outer.del(0);
  EXPECT_EQ(outer.at(0).at(0), 1);
  outer.del(0);
  EXPECT_EQ(manager.number_of_objects(), 1U);
}

// The same object by a proxy that expects something else.
TEST(References, AreGivenBackWhenAResultDoesNotDecode) {
  Manager shared({.start = ManagerOptions::Start::later});
  shared.register_shared("all", "list");
  shared.start();
  const auto right = shared.shared<ListProxy<Numbers>>("all");
  const auto wrong = shared.shared<ListProxy<Counts>>("all");
  right.append(shared.list<int>());
  EXPECT_THROW(wrong.at(0), DecodeError);
  right.del(0);
  EXPECT_EQ(shared.number_of_objects(), 1U);
}

void use_nested(DictProxy<std::string, QueueProxy<int>>& dict) { dict.at("q").put(7); }

// MGR-14: a proxy out of a proxy, in another process.
TEST(References, OfANestedQueueServeInAChild) {
  Manager manager;
  auto dict = manager.dict<std::string, QueueProxy<int>>();
  dict.set("q", manager.Queue<int>());
  Process child(fn<&use_nested>, args(dict));
  child.start();
  EXPECT_EQ(dict.at("q").get(), 7);
  child.join();
  EXPECT_EQ(child.exitcode(), 0);
}

// MGR-16.
TEST(References, KeepAnObjectOnItsWayToAChild) {
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
  EXPECT_EQ(manager.number_of_objects(), 0U);
}

TEST(References, OfAChildThatIsNeverBornOrIsKilledAreGivenBack) {
  Manager manager;
  {
    Counts counts = manager.dict<std::string, int>();
    {
      Process unborn(fn<[](Counts&) {}>, args(counts));
    }
    Process killed(fn<[](Counts&) { sleep(std::chrono::seconds(60)); }>, args(counts));
    killed.start();
    killed.kill();
    killed.join();
  }
  EXPECT_EQ(manager.number_of_objects(), 0U);
}

TEST(References, KeepAnObjectOnItsWayThroughAQueue) {
  Manager manager;
  Queue<Numbers> queue;
  queue.put(manager.list<int>({1}));
  EXPECT_EQ(manager.number_of_objects(), 1U);
  {
    const Numbers list = queue.get();
    EXPECT_EQ(list.at(0), 1);
  }
  EXPECT_EQ(manager.number_of_objects(), 0U);
}

TEST(References, KeepAnObjectOnItsWayThroughAPipe) {
  Manager manager;
  auto [here, there] = Pipe();
  here.send(manager.list<int>({1}));
  const auto list = there.recv<Numbers>();
  EXPECT_EQ(list.at(0), 1);
}

TEST(References, InAMessageAreClaimedTwiceWhileTheObjectLives) {
  Manager manager;
  const Bytes message = encode_message(manager.list<int>({1}));
  const auto first = decode_message<Numbers>(message);
  {
    const auto second = decode_message<Numbers>(message);
    EXPECT_EQ(second.at(0), 1);
  }
  EXPECT_EQ(first.at(0), 1);
}

TEST(References, ToAnObjectThatIsGoneAreRemoteErrors) {
  Manager manager;
  const Bytes message = encode_message(manager.list<int>({1}));
  static_cast<void>(decode_message<Numbers>(message));
  EXPECT_THROW(decode_message<Numbers>(message), RemoteError);
}

TEST(References, AreOfOneTypeOnly) {
  Manager manager;
  const Numbers list = manager.list<int>({1});
  EXPECT_THROW((decode_message<Counts>(encode_message(list))), DecodeError);
}

// Each holds the other's proxy as whatever a message is.
TEST(References, MayBeOfAnotherManager) {
  Manager first;
  Manager second;
  const auto outer = first.list<Numbers>();
  outer.append(second.list<int>({4}));
  EXPECT_EQ(outer.at(0).at(0), 4);
}

TEST(References, OfATaskHoldItUpForALittleWhileOnlyIfTheServerIsSilent) {
  Manager manager;
  auto held = std::make_shared<Numbers>(manager.list<int>());
  const std::vector<ProcessHandle> servers = active_children();
  ASSERT_EQ(servers.size(), 1U);
  Semaphore is_connected(0);
  Semaphore is_stopped(0);
  Thread thread([&, held = std::move(held)]() mutable {
    held->append(1);
    is_connected.release();
    is_stopped.acquire();
    held.reset();
  });
  thread.start();
  is_connected.acquire();
  servers[0].stop();
  is_stopped.release();
  thread.join();
  servers[0].resume();
  EXPECT_EQ(manager.list<int>({7}).at(0), 7);  // it goes on
}

}  // namespace
}  // namespace mp
