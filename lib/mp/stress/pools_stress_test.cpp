// Pools under a storm that kills their workers at random moments: every job ends, as done or as lost, the
// pool goes on, nobody hangs and nothing is left behind. And many jobs from many threads.
#include <mp/stress/storm.hpp>

#include <atomic>

namespace mp::stress {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }

/// The workers of the pool that there is, by pid; they change while one looks.
void kill_a_worker() {
  const std::vector<ProcessHandle> children = active_children();
  if (!children.empty()) children[random_below(static_cast<std::uint32_t>(children.size()))].kill();
}

/// False: the result did not come.
bool has_ended(const AsyncResult<int>& result, int expected, int& lost) {
  try {
    EXPECT_EQ(result.get(hang_deadline), expected);
  } catch (const WorkerLost& error) {
    EXPECT_EQ(error.exitcode(), -9);
    ++lost;
  } catch (const TimeoutError&) {
    return false;
  }
  return true;
}

TEST_F(Stress, APoolOutlivesItsWorkers) {
  Pool pool(4);
  int lost = 0;
  for (int kill = 0; kill < kills() && !HasFailure(); ++kill) {
    std::vector<AsyncResult<int>> results;
    for (int i = 0; i < 50; ++i) results.push_back(pool.apply_async(fn<&square>, args(i)));
    os().sleep_until(os().now() + std::chrono::microseconds(random_below(500)));
    kill_a_worker();
    for (int i = 0; i < 50; ++i)
      ASSERT_TRUE(has_ended(results[static_cast<std::size_t>(i)], i * i, lost)) << "job " << i << " hangs";
  }
  EXPECT_LE(lost, kills());  // a worker has one job at a time
  pool.close();
  pool.join();
}

TEST_F(Stress, APoolWhoseWorkersAreAllKilledGetsNewOnes) {
  Pool pool(3, {.maxtasksperchild = 2});
  for (int round = 0; round < kills() / 4 && !HasFailure(); ++round) {
    for (const ProcessHandle& worker : active_children()) worker.kill();
    int lost = 0;
    EXPECT_TRUE(has_ended(pool.apply_async(fn<&square>, args(round)), round * round, lost));
  }
  pool.terminate();
}

TEST_F(Stress, ATerminatedPoolTakesItsWorkersAlong) {
  for (int round = 0; round < kills() / 2 && !HasFailure(); ++round) {
    Pool pool(3);
    for (int i = 0; i < 100; ++i) pool.apply_async(fn<&square>, args(i));
    os().sleep_until(os().now() + std::chrono::microseconds(random_below(2'000)));
    pool.terminate();
    pool.join();
  }
}

TEST_F(Stress, AStoppedWorkerIsTerminatedToo) {
  Pool pool(2);
  for (const ProcessHandle& worker : active_children()) worker.stop();
  for (int i = 0; i < 100; ++i) pool.apply_async(fn<&square>, args(i));
  pool.terminate();
}

TEST_F(Stress, ManyThreadsSubmitToOnePool) {
  Pool pool(4);
  std::atomic<int> wrong = 0;
  std::vector<Thread> threads;
  for (int i = 0; i < crowd_size; ++i) {
    threads.emplace_back([&] {
      for (int job = 0; job < operations() / 4; ++job)
        if (pool.apply(fn<&square>, args(job)) != job * job) ++wrong;
    });
  }
  for (Thread& thread : threads) thread.start();
  for (Thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  pool.close();
  pool.join();
}

}  // namespace
}  // namespace mp::stress
