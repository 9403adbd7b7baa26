// Barrier on the real Os: trips, actions, and all the ways to break it. Kills between two Os calls are in
// corpus/contract/kill_safety_test.cpp.
#include <mp/sync/barrier.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <list>
#include <vector>

#include <mp/errors.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/shared/value.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

/// Threads that wait at a barrier once and say what came of it.
class Parties {
 public:
  explicit Parties(Barrier& barrier) : barrier_(barrier) {}

  /// Starts one, and returns when it has arrived.
  void arrive(Timeout timeout = std::nullopt) {
    const int before = barrier_.n_waiting();
    int& index = indexes_.emplace_back(-1);
    threads_.emplace_back([this, timeout, &index] {
      try {
        index = barrier_.wait(timeout);
      } catch (const BrokenBarrierError&) {
      }
    });
    threads_.back().start();
    while (barrier_.n_waiting() == before && !barrier_.broken()) sleep(1ms);
  }
  /// What they got: an index, or -1 for BrokenBarrierError.
  std::vector<int> join() {
    for (Thread& thread : threads_) thread.join();
    return {indexes_.begin(), indexes_.end()};
  }

 private:
  Barrier& barrier_;
  std::list<int> indexes_;
  std::list<Thread> threads_;
};

TEST(Barrier, GivesEachPartyAnotherIndexAndTheLastTheGreatest) {
  Barrier barrier(3);
  Parties others(barrier);
  others.arrive();
  others.arrive();
  EXPECT_EQ(barrier.wait(), 2);
  EXPECT_EQ(others.join(), (std::vector<int>{0, 1}));
  EXPECT_EQ(barrier.n_waiting(), 0);
}

TEST(Barrier, OfOnePartyIsNeverWaitedAt) {
  Barrier barrier(1);
  EXPECT_EQ(barrier.wait(0s), 0);
  EXPECT_EQ(barrier.wait(), 0);
}

TEST(Barrier, RejectsNumbersOfPartiesThatCannotBe) {
  EXPECT_THROW(Barrier(0), ValueError);
  EXPECT_THROW(Barrier(-1), ValueError);
  EXPECT_THROW(Barrier(65536), ValueError);
  EXPECT_EQ(Barrier(65535).parties(), 65535);
}

TEST(Barrier, IsBrokenByAWaitWhoseTimeRunsOut) {
  Barrier barrier(3);
  Parties others(barrier);
  others.arrive();
  EXPECT_THROW(barrier.wait(0.01s), BrokenBarrierError);
  EXPECT_EQ(others.join(), std::vector<int>{-1});
  EXPECT_TRUE(barrier.broken());
  EXPECT_THROW(barrier.wait(), BrokenBarrierError);
  EXPECT_EQ(barrier.n_waiting(), 0);
}

TEST(Barrier, IsBrokenAtOnceByAWaitWithoutTime) {
  Barrier barrier(2);
  EXPECT_THROW(barrier.wait(-1s), BrokenBarrierError);
  EXPECT_TRUE(barrier.broken());
}

TEST(Barrier, HasATimeoutForWaitsThatHaveNone) {
  Barrier barrier(2, {.timeout = 0.01s});
  EXPECT_THROW(barrier.wait(), BrokenBarrierError);
}

TEST(Barrier, IsWholeAgainAfterAReset) {
  Barrier barrier(2);
  barrier.reset();
  barrier.abort();
  barrier.abort();
  EXPECT_TRUE(barrier.broken());
  barrier.reset();
  EXPECT_FALSE(barrier.broken());
  Parties others(barrier);
  others.arrive();
  EXPECT_EQ(barrier.wait(), 1);
  EXPECT_EQ(others.join(), std::vector<int>{0});
}

TEST(Barrier, SendsWhoWaitsAwayWhenReset) {
  Barrier barrier(2);
  Parties others(barrier);
  others.arrive();
  barrier.reset();
  EXPECT_EQ(others.join(), std::vector<int>{-1});
  EXPECT_FALSE(barrier.broken());
  EXPECT_EQ(barrier.n_waiting(), 0);
}

[[noreturn]] void fail() { throw ValueError("the action failed"); }

TEST(Barrier, IsBrokenByAnActionThatThrows) {
  Barrier barrier(2, fn<&fail>);
  Parties others(barrier);
  others.arrive();
  EXPECT_THROW(barrier.wait(), ValueError);
  EXPECT_EQ(others.join(), std::vector<int>{-1});
  EXPECT_TRUE(barrier.broken());
}

void exit_with_3() { exit(3); }
void wait_at(Barrier& barrier) { barrier.wait(); }

TEST(Barrier, RunsItsActionInWhicheverProcessComesLast) {
  Barrier barrier(2, fn<&exit_with_3>);
  Parties others(barrier);
  others.arrive();
  Process last(fn<&wait_at>, args(barrier));
  last.start();
  last.join();
  EXPECT_EQ(last.exitcode(), 3);
  EXPECT_EQ(others.join(), std::vector<int>{-1});
}

void act_for_ever() {
  while (true) sleep(1s);
}

TEST(Barrier, IsBrokenWhenTheActingPartyIsKilled) {
  Barrier barrier(2, fn<&act_for_ever>);
  Parties others(barrier);
  others.arrive();
  Process last(fn<&wait_at>, args(barrier));
  last.start();
  while (barrier.n_waiting() == 1) sleep(1ms);
  last.kill();
  last.join();
  EXPECT_EQ(others.join(), std::vector<int>{-1});
  EXPECT_TRUE(barrier.broken());
}

TEST(Barrier, TripsWithAWaiterThatWasKilled) {
  Barrier barrier(2);
  Process victim(fn<&wait_at>, args(barrier));
  victim.start();
  while (barrier.n_waiting() == 0) sleep(1ms);
  victim.kill();
  victim.join();
  EXPECT_EQ(barrier.wait(), 1);
  EXPECT_THROW(barrier.wait(0.01s), BrokenBarrierError);
}

void run_in_step(Barrier& barrier, Value<int>& total, int parties, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    {
      const With held(total);
      total.value() += 1;
    }
    barrier.wait();
    if (total.value() != parties * (i + 1)) exit(1);
    barrier.wait();
  }
}

TEST(Barrier, KeepsProcessesInStep) {
  Barrier barrier(3);
  Value<int> total(0);
  std::vector<Process> processes;
  for (int i = 0; i < 3; ++i) processes.emplace_back(fn<&run_in_step>, args(barrier, total, 3, 200));
  for (Process& process : processes) process.start();
  for (Process& process : processes) process.join();
  for (Process& process : processes) EXPECT_EQ(process.exitcode(), 0);
}

TEST(Barrier, DoesNotCrossInAMessage) {
  const Barrier barrier(2);
  EXPECT_THROW(encode_message(barrier), RuntimeError);
}

}  // namespace
}  // namespace mp
