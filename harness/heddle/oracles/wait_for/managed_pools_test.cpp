// Pools in a manager's server, as oracles see them: what a client is blamed for, waits that nobody can end,
// and order that comes of jobs.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;

int wait_for(const mp::EventProxy& event) {
  event.wait();
  return 1;
}
int refuse(int number) { throw mp::KeyError(std::to_string(number)); }
void increment(const mp::DictProxy<int, int>& counts) { counts.set(1, counts.get(1, 0) + 1); }

TEST(ManagedPool, JoinedBeforeItIsClosed) {
  expect_finding(
      [] {
        mp::Manager manager;
        const mp::PoolProxy pool = manager.Pool(1, {.name = "pool"});
        try {
          pool.join();
        } catch (const mp::ValueError&) {
          pool.close();
        }
        pool.join();
      },
      "pool-join-before-close", "pool", {"main"});
}

TEST(ManagedPool, WhoseJobWaitsForNobody) {
  const Result result = explore(
      [] {
        mp::Manager manager;
        const mp::EventProxy event = manager.Event("event");
        const mp::PoolProxy pool = manager.Pool(1, {.name = "pool"});
        pool.apply(mp::fn<&wait_for>, mp::args(event));
      },
      options_of(50));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

TEST(ManagedPool, WhoseFailedJobNobodyLooksAt) {
  const Result result = explore(
      [] {
        mp::Manager manager;
        const mp::PoolProxy pool = manager.Pool(1, {.name = "pool"});
        pool.apply_async(mp::fn<&refuse>, mp::args(1), {.name = "result"});
        pool.close();
        pool.join();
      },
      options_of(50));
  EXPECT_EQ(rules_of(result), Names{"pool-result-unread"});
}

TEST(ManagedPool, OrdersAJobBehindItsSubmissionAndItsResultBehindIt) {
  expect_silence([] {
    mp::Manager manager;
    const auto counts = manager.dict<int, int>("counts");
    const mp::PoolProxy pool = manager.Pool(2, {.name = "pool"});
    counts.set(1, 1);
    pool.apply(mp::fn<&increment>, mp::args(counts));
    const auto result = pool.apply_async(mp::fn<&increment>, mp::args(counts));
    result.wait();
    counts.set(1, counts.get(1, 0) + 1);
    pool.close();
    pool.join();
    check(counts.get(1, 0) == 4, "all have counted");
  });
}

TEST(ManagedPool, DoesNotOrderItsJobsAmongThemselves) {
  const Result result = explore(
      [] {
        mp::Manager manager;
        const auto counts = manager.dict<int, int>("counts");
        const mp::PoolProxy pool = manager.Pool(2, {.name = "pool"});
        const auto one = pool.apply_async(mp::fn<&increment>, mp::args(counts));
        const auto other = pool.apply_async(mp::fn<&increment>, mp::args(counts));
        one.get();
        other.get();
        pool.close();
        pool.join();
      },
      options_of(50));
  EXPECT_EQ(rules_of(result), Names{"unlocked-manager-update"});
}

}  // namespace
}  // namespace heddle
