// Updates of managed objects other than dicts: lost ones, and those that what managed primitives promise puts
// in order. What the server does first orders nothing.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;
using Number = mp::ValueProxy<int>;
using List = mp::ListProxy<int>;

constexpr auto rule = "unlocked-manager-update";

void add_one(Number& number) { number.set(number.get() + 1); }

TEST(ManagedLostUpdate, OfAValue) {
  expect_finding(
      [] {
        mp::Manager manager;
        Number number = manager.Value<int>("i", 0, "count");
        auto child = start<&add_one>("child", number);
        add_one(number);
        child.join();
      },
      rule, "count", {"main", "child"});
}

TEST(ManagedLostUpdate, OfAnItemOfAList) {
  expect_finding(
      [] {
        mp::Manager manager;
        List list = manager.list<int>({0}, "counts");
        auto child = start<[](List& shared) { shared[0] += 1; }>("child", list);
        list[0] += 1;
        child.join();
      },
      rule, "counts", {"main", "child"});
}

TEST(ManagedLostUpdate, OfAnAttribute) {
  expect_finding(
      [] {
        mp::Manager manager;
        mp::NamespaceProxy space = manager.Namespace("space");
        space.set("x", 0);
        auto child = start<[](mp::NamespaceProxy& shared) { shared.set("x", shared.get<int>("x") + 1); }>(
            "child", space);
        space.set("x", space.get<int>("x") + 1);
        child.join();
      },
      rule, "space", {"main", "child"});
}

TEST(ManagedLostUpdate, IsNoneOfAppendsAndPops) {
  expect_silence([] {
    mp::Manager manager;
    List list = manager.list<int>({1, 2, 3});
    auto child = start<[](List& shared) {
      shared.append(4);
      shared.pop();
    }>("child", list);
    list.append(5);
    list[0] += 1;
    child.join();
  });
}

TEST(ManagedLostUpdate, IsNoneUnderAManagedLock) {
  expect_silence([] {
    mp::Manager manager;
    Number number = manager.Value<int>("i", 0);
    mp::LockProxy lock = manager.Lock();
    auto child = start<[](Number& shared, mp::LockProxy& both) {
      const mp::With held(both);
      add_one(shared);
    }>("child", number, lock);
    {
      const mp::With held(lock);
      add_one(number);
    }
    child.join();
  });
}

TEST(ManagedLostUpdate, IsNoneAcrossAManagedQueue) {
  expect_silence([] {
    mp::Manager manager;
    Number number = manager.Value<int>("i", 0);
    auto queue = manager.Queue<int>();
    auto child = start<[](Number& shared, mp::QueueProxy<int>& go) {
      go.get();
      add_one(shared);
    }>("child", number, queue);
    add_one(number);
    queue.put(1);
    child.join();
  });
}

TEST(ManagedLostUpdate, IsNoneAcrossAManagedEventOrCondition) {
  expect_silence([] {
    mp::Manager manager;
    Number number = manager.Value<int>("i", 0);
    mp::EventProxy event = manager.Event();
    auto child = start<[](Number& shared, mp::EventProxy& go) {
      go.wait();
      add_one(shared);
    }>("child", number, event);
    add_one(number);
    event.set();
    child.join();
  });
}

TEST(ManagedLostUpdate, IsNoneAcrossAManagedBarrier) {
  expect_silence([] {
    mp::Manager manager;
    Number number = manager.Value<int>("i", 0);
    mp::BarrierProxy barrier = manager.Barrier(2);
    auto child = start<[](Number& shared, mp::BarrierProxy& both) {
      both.wait();
      add_one(shared);
    }>("child", number, barrier);
    add_one(number);
    barrier.wait();
    child.join();
  });
}

TEST(ManagedLostUpdate, IsNoneAcrossTheJoinOfAManagedQueue) {
  expect_silence([] {
    mp::Manager manager;
    Number number = manager.Value<int>("i", 0);
    auto queue = manager.Queue<int>();
    queue.put(1);
    auto child = start<[](Number& shared, mp::QueueProxy<int>& go) {
      go.get();
      add_one(shared);
      go.task_done();
    }>("child", number, queue);
    queue.join();
    add_one(number);
    child.join();
  });
}

}  // namespace
}  // namespace heddle
