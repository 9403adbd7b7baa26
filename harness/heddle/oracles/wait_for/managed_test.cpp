// Waits at a manager's server: hopeless or not by who has the object, as if there were no server between; and
// a server that is about to answer is hope enough.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using Numbers = mp::QueueProxy<int>;
using Jobs = mp::JoinableQueueProxy<int>;

TEST(ManagedWait, ForAnItemThatNobodyWillPut) {
  expect_finding(
      [] {
        mp::Manager manager;
        const Numbers queue = manager.Queue<int>(0, "orders");
        queue.get();
      },
      "deadlock", "orders", {"main"});
}

// Told at once: the child has the manager's word for nothing, and could only help with the object.
TEST(ManagedWait, ForAnItemIsToldThoughOthersRunOn) {
  expect_finding(
      [] {
        mp::Manager manager;
        const Numbers queue = manager.Queue<int>(0, "orders");
        auto ticking = start<[] { mp::sleep(1h); }>("ticking");
        queue.get();
        ticking.join();
      },
      "deadlock", "orders", {"main"});
}

void put_one(Numbers& queue) { queue.put(1); }

TEST(ManagedWait, IsHopefulWhileSomebodyHasTheQueue) {
  expect_silence([] {
    mp::Manager manager;
    Numbers queue = manager.Queue<int>(0, "orders");
    auto child = start<&put_one>("child", queue);
    check(queue.get() == 1, "the item arrives");
    child.join();
  });
}

TEST(ManagedWait, WithATimeoutIsHopeful) {
  expect_silence([] {
    mp::Manager manager;
    const Numbers queue = manager.Queue<int>(0, "orders");
    try {
      queue.get(true, 0.5s);
    } catch (const mp::Empty&) {
      outcome("empty");
    }
  });
}

void get_then_put(Numbers& from, Numbers& to) { to.put(from.get()); }

TEST(ManagedWait, OfTwoProcessesForEachOthersItem) {
  expect_finding(
      [] {
        mp::Manager manager;
        Numbers left = manager.Queue<int>(0, "left");
        Numbers right = manager.Queue<int>(0, "right");
        auto first = start<&get_then_put>("first", left, right);
        auto second = start<&get_then_put>("second", right, left);
        first.join();
        second.join();
      },
      "deadlock", "left", {"main", "first", "second"});
}

void acquire_and_end(mp::LockProxy& lock) { lock.acquire(); }

TEST(ManagedWait, ForALockOfADeadHolder) {
  const Result result = explore(
      [] {
        mp::Manager manager;
        mp::LockProxy lock = manager.Lock("lock");
        auto holder = start<&acquire_and_end>("holder", lock);
        holder.join();
        lock.acquire();
      },
      options_of(200));
  EXPECT_EQ(rules_of(result), Names{"lock-orphaned"});
}

void hold_and_want(mp::LockProxy& first, mp::LockProxy& second, mp::Semaphore& both) {
  const mp::With held(first);
  both.release();
  const mp::With wanted(second);
}

TEST(ManagedWait, ForLocksTakenInOppositeOrders) {
  const Result result = explore(
      [] {
        mp::Manager manager;
        mp::LockProxy left = manager.Lock("left");
        mp::LockProxy right = manager.Lock("right");
        mp::Semaphore both(0);
        auto first = start<&hold_and_want>("first", left, right, both);
        auto second = start<&hold_and_want>("second", right, left, both);
        first.join();
        second.join();
      },
      options_of(2'000));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

TEST(ManagedWait, ForAnEventThatNobodySets) {
  expect_finding(
      [] {
        mp::Manager manager;
        const mp::EventProxy event = manager.Event("go");
        event.wait();
      },
      "deadlock", "go", {"main"});
}

TEST(ManagedWait, AtABarrierShortOfAParty) {
  expect_finding(
      [] {
        mp::Manager manager;
        const mp::BarrierProxy barrier = manager.Barrier(2, std::nullopt, "start line");
        barrier.wait();
      },
      "barrier-short", "start line", {"main"});
}

TEST(ManagedWait, ForANotificationThatNobodyCanGive) {
  expect_finding(
      [] {
        mp::Manager manager;
        const mp::ConditionProxy condition = manager.Condition("ready");
        const mp::With held(condition);
        condition.wait();
      },
      "deadlock", "ready", {"main"});
}

void take_one(Jobs& jobs) { jobs.get(); }

TEST(ManagedWait, ForItemsThatWereNeverMarkedDone) {
  const Result result = explore(
      [] {
        mp::Manager manager;
        Jobs jobs = manager.JoinableQueue<int>(0, "jobs");
        auto worker = start<&take_one>("worker", jobs);
        jobs.put(1);
        jobs.join();
        worker.join();
      },
      options_of(200));
  EXPECT_EQ(rules_of(result), Names{"task-done-missing"});
}

// The child has the outer dict alone, and through it the queue.
TEST(ManagedWait, IsHopefulWhileTheQueueIsInAContainer) {
  expect_silence([] {
    using Queues = mp::DictProxy<std::string, Numbers>;
    mp::Manager manager;
    auto queues = manager.dict<std::string, Numbers>();
    const Numbers queue = manager.Queue<int>(0, "orders");
    queues.set("orders", queue);
    auto child = start<[](Queues& all) { all.at("orders").put(1); }>("child", queues);
    check(queue.get() == 1, "the item arrives");
    child.join();
  });
}

}  // namespace
}  // namespace heddle
