// A Pool in a manager's server (MGR-21). On the real Os.
#include <mp/manager/pool_proxy.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <ranges>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <mp/manager/manager.hpp>
#include <mp/pool/kept.hpp>
#include <mp/process/process.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }
int add(int one, int other) { return one + other; }
void do_nothing() {}
int refuse(int number) { throw KeyError(std::to_string(number)); }
int fail_at_two(int number) { return number == 2 ? refuse(number) : number; }
int wait_for(const EventProxy& event) {
  event.wait();
  return 1;
}
int die(int number) {
  mp::os().exit_process(number);
  return 0;
}

void finish(const PoolProxy& pool) {
  pool.close();
  pool.join();
}

TEST(PoolProxy, Applies) {
  Manager manager;
  const PoolProxy pool = manager.Pool(2);
  EXPECT_EQ(pool.apply(fn<&square>, args(7)), 49);
  const AsyncResultProxy<int> result = pool.apply_async(fn<&add>, args(1, 2));
  EXPECT_EQ(result.get(), 3);
  EXPECT_EQ(result.get(), 3);
  EXPECT_TRUE(result.ready());
  EXPECT_TRUE(result.successful());
  pool.apply(fn<&do_nothing>, args());
  finish(pool);
}

TEST(PoolProxy, MapsInOrder) {
  Manager manager;
  const PoolProxy pool = manager.Pool(2);
  const std::vector<int> squares = pool.map(fn<&square>, std::views::iota(0, 50));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(squares[static_cast<std::size_t>(i)], i * i);
  EXPECT_EQ(pool.map_async(fn<&square>, std::map<int, int>{{2, 0}, {5, 0}}, 1).get(), (std::vector{4, 25}));
  const std::vector<std::tuple<int, int>> pairs{{1, 2}, {3, 4}};
  EXPECT_EQ(pool.starmap(fn<&add>, pairs), (std::vector{3, 7}));
  EXPECT_EQ(pool.starmap_async(fn<&add>, pairs).get(), (std::vector{3, 7}));
  EXPECT_EQ(pool.map(fn<&square>, std::vector<int>()), std::vector<int>());
  EXPECT_THROW(pool.map(fn<&square>, std::vector{1}, 0), ValueError);
  finish(pool);
}

TEST(PoolProxy, IteratesInOrderAndGoesOnBehindAFailure) {
  Manager manager;
  const PoolProxy pool = manager.Pool(2);
  const auto results = pool.imap(fn<&fail_at_two>, std::vector{1, 2, 3});
  EXPECT_EQ(results.next(), 1);
  EXPECT_THROW(results.next(), KeyError);
  EXPECT_EQ(results.next(), 3);
  EXPECT_THROW(results.next(), StopIteration);
  EXPECT_THROW(results.next(), StopIteration);
  int sum = 0;
  for (const int each : pool.imap_unordered(fn<&square>, std::views::iota(0, 5), 2)) sum += each;
  EXPECT_EQ(sum, 30);
  finish(pool);
}

TEST(PoolProxy, ThrowsWhatTheFunctionRaises) {
  Manager manager;
  const PoolProxy pool = manager.Pool(1);
  EXPECT_THROW(pool.apply(fn<&refuse>, args(1)), KeyError);
  const auto result = pool.map_async(fn<&fail_at_two>, std::vector{1, 2, 3}, 1);
  EXPECT_THROW(result.get(), KeyError);
  EXPECT_FALSE(result.successful());
  finish(pool);
}

TEST(PoolProxy, AWaitHasATimeoutAndHoldsUpNobody) {
  Manager manager;
  const PoolProxy pool = manager.Pool(1);
  const EventProxy event = manager.Event();
  const auto result = pool.apply_async(fn<&wait_for>, args(event));
  EXPECT_THROW(result.get(1ms), TimeoutError);
  result.wait(1ms);
  EXPECT_FALSE(result.ready());
  EXPECT_THROW(result.successful(), ValueError);
  event.set();
  EXPECT_EQ(result.get(), 1);
  finish(pool);
}

TEST(PoolProxy, RejectsJobsOnceItIsClosedAndAJoinBefore) {
  Manager manager;
  const PoolProxy pool = manager.Pool(1);
  EXPECT_THROW(pool.join(), ValueError);
  pool.close();
  EXPECT_THROW(pool.apply_async(fn<&square>, args(1)), ValueError);
  pool.join();
  pool.join();
  pool.terminate();
  EXPECT_THROW(static_cast<void>(manager.Pool(0)), RemoteError);
  EXPECT_THROW(static_cast<void>(manager.Pool(1, {.maxtasksperchild = 0})), RemoteError);
}

TEST(PoolProxy, TerminatesWorkersThatWait) {
  Manager manager;
  const PoolProxy pool = manager.Pool(2);
  const EventProxy event = manager.Event();
  const auto result = pool.apply_async(fn<&wait_for>, args(event));
  pool.terminate();
  pool.join();
  EXPECT_FALSE(result.ready());
}

TEST(PoolProxy, AWorkerThatDiesLosesOneJob) {
  Manager manager;
  const PoolProxy pool = manager.Pool(1);
  EXPECT_THROW(pool.apply(fn<&die>, args(1)), WorkerLost);
  EXPECT_EQ(pool.apply(fn<&square>, args(3)), 9);
  finish(pool);
}

void use(const PoolProxy& pool, const AsyncResultProxy<int>& result, const QueueProxy<int>& answers) {
  answers.put(result.get());
  answers.put(pool.apply(fn<&square>, args(4)));
}

TEST(PoolProxy, IsUsedByOtherProcesses) {
  Manager manager;
  const PoolProxy pool = manager.Pool(1);
  const auto answers = manager.Queue<int>();
  const auto result = pool.apply_async(fn<&square>, args(3));
  Process child(fn<&use>, args(pool, result, answers));
  child.start();
  child.join();
  EXPECT_EQ(answers.get(), 9);
  EXPECT_EQ(answers.get(), 16);
  finish(pool);
}

void prepare(const QueueProxy<int>& told, int number) { told.put(number); }

TEST(PoolProxy, CallsTheInitializerInEachWorker) {
  Manager manager;
  const auto told = manager.Queue<int>();
  const PoolProxy pool =
      manager.Pool(2, {.initializer = managed_initializer(fn<&prepare>, args(told, 7)), .name = "p"});
  EXPECT_EQ(told.get() + told.get(), 14);
  finish(pool);
}

TEST(PoolProxy, EndsWithItsServer) {
  Manager manager;
  const EventProxy event = manager.Event();
  const PoolProxy pool = manager.Pool(2);
  const auto result = pool.apply_async(fn<&wait_for>, args(event));
  manager.shutdown();
  EXPECT_THROW(result.get(), Error);
}

TEST(PoolProxy, GoesWithItsLastProxy) {
  Manager manager;
  {
    const PoolProxy pool = manager.Pool(1);
    const auto result = pool.apply_async(fn<&square>, args(3));
    EXPECT_EQ(manager.number_of_objects(), 2U);
    pool.close();
  }
  EXPECT_EQ(manager.number_of_objects(), 0U);
}

int own_process_id() { return static_cast<int>(os().process_id()); }

TEST(PoolProxy, EndsItsWorkersWhenNobodyHasItAnyMore) {
  Manager manager;
  Descriptor worker = -1;
  {
    const PoolProxy pool = manager.Pool(1);
    worker = os().open_process(ProcessId{pool.apply(fn<&own_process_id>, args())}).value();
  }
  PollItem end{.fd = worker};
  EXPECT_TRUE(os().poll(std::span(&end, 1), never).has_value());
  os().close(worker);
}

// One worker for each task, and as many tasks as chunks.
TEST(PoolProxy, ChunksByTheFormula) {
  Manager manager;
  const PoolProxy pool = manager.Pool(1, {.maxtasksperchild = 1});
  const auto workers_of = [&](int items) {
    const std::vector<int> ids =
        pool.map(fn<[](int) { return own_process_id(); }>, std::views::iota(0, items));
    return std::set<int>(ids.begin(), ids.end()).size();
  };
  EXPECT_EQ(workers_of(4), 4U);
  EXPECT_EQ(workers_of(5), 3U);
  finish(pool);
}

TEST(PoolProxy, IsJoinedWhenAllIsDone) {
  Manager manager;
  const PoolProxy pool = manager.Pool(1);
  const auto result = pool.map_async(fn<[](int) {
                                       sleep(10ms);
                                       return 1;
                                     }>,
                                     std::views::iota(0, 5), 1);
  finish(pool);
  EXPECT_TRUE(result.ready());
}

}  // namespace
}  // namespace mp
