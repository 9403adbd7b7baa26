// Waits for pools, and in their workers: found when nobody can end them, and not before.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using namespace std::chrono_literals;

int square(int number) { return number * number; }

void keep_lock(mp::Lock& lock) { mp::keep(std::move(lock)); }
void take() { mp::kept<mp::Lock>().acquire(); }
void take_and_give() { const mp::With held(mp::kept<mp::Lock>()); }

TEST(PoolWait, ForAWorkerThatWaitsForWhatTheWaiterHolds) {
  expect_finding(
      [] {
        mp::Lock lock({.name = "lock"});
        mp::Pool pool(1,
                      {.initializer = mp::initializer(mp::fn<&keep_lock>, mp::args(lock)), .name = "pool"});
        lock.acquire();
        const auto result = pool.apply_async(mp::fn<&take>, mp::args(), {.name = "job"});
        result.get();
      },
      "deadlock", "job", {"main", "pool-PoolWorker-1"});
}

TEST(PoolWait, OfTwoWorkersInOppositeOrderIsFoundInApply) {
  expect_finding(
      [] {
        mp::ThreadPool pool(2, {.name = "pool"});
        mp::Lock one({.name = "one"});
        mp::Lock two({.name = "two"});
        const auto both = [](mp::Lock& first, mp::Lock& second) {
          const mp::With outer(first);
          const mp::With inner(second);
        };
        const auto there = pool.apply_async(both, mp::args(one, two));
        const auto back = pool.apply_async(both, mp::args(two, one));
        there.get();
        back.get();
        pool.terminate();
      },
      "deadlock", "async-result-1 of main",
      {"main", "main/pool-ThreadPoolWorker-1", "main/pool-ThreadPoolWorker-2"});
}

TEST(PoolWait, ForAJobThatWasDropped) {
  expect_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        const auto result = pool.apply_async(mp::fn<[] { mp::sleep(1000s); }>, mp::args(), {.name = "job"});
        pool.terminate();
        result.get();  // of a job that nobody will ever do
      },
      "deadlock", "job", {"main"});
}

TEST(PoolWait, IsHopefulWhileALockIsGivenBack) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    mp::Pool pool(2, {.initializer = mp::initializer(mp::fn<&keep_lock>, mp::args(lock)), .name = "pool"});
    const auto first = pool.apply_async(mp::fn<&take_and_give>, mp::args());
    const auto second = pool.apply_async(mp::fn<&take_and_give>, mp::args());
    first.get();
    second.get();
    pool.close();
    pool.join();
  });
}

TEST(PoolWait, IsHopefulWhileWorkersAreReplaced) {
  expect_silence([] {
    mp::Pool pool(1, {.maxtasksperchild = 1, .name = "pool"});
    const auto first = pool.apply_async(mp::fn<&square>, mp::args(1));
    const auto second = pool.apply_async(mp::fn<&square>, mp::args(2));
    check(second.get() == 4 && first.get() == 1, "the results");
    pool.close();
    pool.join();
  });
}

TEST(PoolWait, IsHopefulWhileACallbackRuns) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    mp::Semaphore told(0, {.name = "told"});
    const auto result =
        pool.apply_async(mp::fn<&square>, mp::args(3), {.callback = [&](int) { told.acquire(); }});
    told.release();
    check(result.get() == 9, "the result");
    pool.close();
    pool.join();
  });
}

// --- what the calls order ---------------------------------------------------------------------------------

void keep_count(mp::Value<int>& count) { mp::keep(std::move(count)); }
void count_up() { mp::kept<mp::Value<int>>().value() += 1; }

template <class Use>
void with_counting_pool(Use use) {
  mp::Value<int> count(0, {.name = "count"});
  mp::Pool pool(2, {.initializer = mp::initializer(mp::fn<&keep_count>, mp::args(count)), .name = "pool"});
  use(pool, count);
}

TEST(PoolOrder, OfOneJobBehindTheOther) {
  expect_silence([] {
    with_counting_pool([](mp::Pool& pool, mp::Value<int>& count) {
      count.value() = 1;
      pool.apply(mp::fn<&count_up>);
      pool.apply_async(mp::fn<&count_up>, mp::args()).get();
      check(count.value() == 3, "each counted");
      pool.terminate();
    });
  });
}

TEST(PoolOrder, OfJobsBeforeTheJoin) {
  expect_silence([] {
    with_counting_pool([](mp::Pool& pool, mp::Value<int>& count) {
      pool.apply_async(mp::fn<&count_up>, mp::args());
      pool.close();
      pool.join();
      count.value() += 1;
      check(count.value() == 2, "the job was done");
    });
  });
}

TEST(PoolOrder, OfJobsBeforeTheCallback) {
  expect_silence([] {
    with_counting_pool([](mp::Pool& pool, mp::Value<int>& count) {
      const auto result =
          pool.apply_async(mp::fn<&count_up>, mp::args(), {.callback = [&] { count.value() += 1; }});
      result.wait();
      count.value() += 1;
      check(count.value() == 3, "worker, callback, main");
      pool.terminate();
    });
  });
}

TEST(PoolOrder, IsNoneOfJobsAtTheSameTime) {
  const Result result = explore(
      [] {
        with_counting_pool([](mp::Pool& pool, mp::Value<int>&) {
          const auto one = pool.apply_async(mp::fn<&count_up>, mp::args());
          const auto other = pool.apply_async(mp::fn<&count_up>, mp::args());
          one.get();
          other.get();
          pool.terminate();
        });
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), Names{"unlocked-shared-value"});
}

TEST(PoolOrder, IsNoneWithAJobThatNobodyWaitedFor) {
  const Result result = explore(
      [] {
        with_counting_pool([](mp::Pool& pool, mp::Value<int>& count) {
          const auto job = pool.apply_async(mp::fn<&count_up>, mp::args());
          count.value() += 1;
          job.get();
          pool.terminate();
        });
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), Names{"unlocked-shared-value"});
}

}  // namespace
}  // namespace heddle
