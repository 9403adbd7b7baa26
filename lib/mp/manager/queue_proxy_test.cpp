// Queues in a manager's server: queue.Queue, whatever the process (MGR-01, MGR-08, MGR-11, MGR-20). On the
// real Os.
#include <mp/manager/queue_proxy.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include <mp/manager/manager.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;
using Numbers = QueueProxy<int>;

TEST(QueueProxy, GivesItemsInOrderAndKnowsItsSize) {
  Manager manager;
  const Numbers queue = manager.Queue<int>(2);
  EXPECT_TRUE(queue.empty());
  queue.put(1);
  queue.put_nowait(2);
  EXPECT_EQ(queue.qsize(), 2);
  EXPECT_TRUE(queue.full());
  EXPECT_THROW(queue.put(3, false), Full);
  EXPECT_THROW(queue.put(3, true, 0.001s), Full);
  EXPECT_EQ(queue.get(), 1);
  EXPECT_EQ(queue.get_nowait(), 2);
  EXPECT_THROW(queue.get(false), Empty);
  EXPECT_THROW(queue.get(true, 0s), Empty);
}

TEST(QueueProxy, RefusesNegativeTimeouts) {
  Manager manager;
  const Numbers queue = manager.Queue<int>();
  EXPECT_THROW(queue.get(true, -1s), ValueError);
  EXPECT_THROW(queue.put(1, true, -0.5s), ValueError);
  EXPECT_THROW(queue.get(false, -1s), Empty);
}

TEST(QueueProxy, LetsGoWhoWaitsForAnItemOrForRoom) {
  Manager manager;
  const Numbers queue = manager.Queue<int>(1);
  Thread putter([&] {
    for (int i = 0; i < 50; ++i) queue.put(i);
  });
  putter.start();
  for (int i = 0; i < 50; ++i) EXPECT_EQ(queue.get(), i);
  putter.join();
}

TEST(QueueProxy, JoinsWhenAllIsDone) {
  Manager manager;
  const auto queue = manager.JoinableQueue<std::string>();
  EXPECT_THROW(queue.task_done(), ValueError);
  queue.join();
  queue.put("a");
  Thread worker([&] {
    queue.get();
    queue.task_done();
  });
  worker.start();
  queue.join();
  worker.join();
  EXPECT_THROW(queue.task_done(), ValueError);
}

void take(Numbers& queue, EventProxy& here) {
  here.set();
  queue.get();
}

// MGR-11.
TEST(QueueProxy, LosesNothingToAKilledGetter) {
  Manager manager;
  Numbers queue = manager.Queue<int>();
  EventProxy here = manager.Event();
  for (int i = 0; i < 10; ++i) {
    here.clear();
    Process getter(fn<&take>, args(queue, here));
    getter.start();
    here.wait();
    getter.kill();
    getter.join();
    queue.put(i);
    EXPECT_EQ(queue.get(true, 5s), i);
  }
}

TEST(QueueProxy, EndsTheWaitOfItsClientsWithTheServer) {
  Manager manager;
  Numbers queue = manager.Queue<int>();
  EventProxy here = manager.Event();
  Thread getter([&] {
    here.set();
    EXPECT_THROW(queue.get(), Error);
  });
  getter.start();
  here.wait();
  manager.shutdown();
  getter.join();
}

}  // namespace
}  // namespace mp
