// A server whose machine refuses it descriptors and threads: its clients are told or wait, and it lives on.
// On the real Os, with refusals.
#include <mp/manager/server.hpp>

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <atomic>
#include <chrono>
#include <new>
#include <thread>
#include <vector>

#include <mp/manager/manager.hpp>
#include <mp/manager/raw_client.hpp>
#include <mp/os/posix_os.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/event.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

/// Shared with the server: what it is still refused, and what it has done.
struct Counts {
  std::atomic<int> accepts_to_refuse = 0;
  std::atomic<int> error = EMFILE;
  std::atomic<int> threads_to_refuse = 0;
  std::atomic<int> pipes_to_refuse = 0;
  std::atomic<int> pipes = 0;
  std::atomic<int> sleeps = 0;
  std::atomic<int> polls_with_a_deadline = 0;
};

class PoorOs : public PosixOs {
 public:
  Counts& counts() { return *counts_; }

  Result<Descriptor> accept(Descriptor listener, Instant deadline) override {
    return is_refused(counts_->accepts_to_refuse) ? failure(counts_->error)
                                                  : PosixOs::accept(listener, deadline);
  }
  Result<ThreadId> start_thread(const ThreadStart& start) override {
    return is_refused(counts_->threads_to_refuse) ? failure(EAGAIN) : PosixOs::start_thread(start);
  }
  Result<std::pair<Descriptor, Descriptor>> pipe() override {
    if (is_refused(counts_->pipes_to_refuse)) return failure(EMFILE);
    if (is_server()) ++counts_->pipes;
    return PosixOs::pipe();
  }
  Result<int> poll(std::span<PollItem> items, Instant deadline) override {
    if (is_server() && deadline != never) ++counts_->polls_with_a_deadline;
    return PosixOs::poll(items, deadline);
  }
  void sleep_until(Instant deadline) override {
    if (is_server()) ++counts_->sleeps;
    PosixOs::sleep_until(deadline);
  }

 private:
  bool is_server() { return process_id() != creator_; }
  bool is_refused(std::atomic<int>& left) { return is_server() && left > 0 && left-- > 0; }

  const ProcessId creator_ = process_id();
  Counts* const counts_ =
      new (::mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Counts;
};

class PoorServer : public testing::Test {
 protected:
  PoorOs os_;
  Counts& counts_ = os_.counts();
  const OsScope scope_{&os_};
};

TEST_F(PoorServer, TakesABreakUntilThereAreDescriptors) {
  counts_.accepts_to_refuse = 3;
  Manager manager;
  EXPECT_EQ(manager.list<int>({1}).at(0), 1);
  EXPECT_EQ(counts_.sleeps, 3);
}

TEST_F(PoorServer, EndsWhenNobodyCanCallAnyMore) {
  counts_.error = EINVAL;
  counts_.accepts_to_refuse = 1;
  Manager manager;
  for (const ProcessHandle& server : active_children()) {
    server.join();
    EXPECT_EQ(server.exitcode(), 1);
  }
}

TEST_F(PoorServer, HangsUpOnWhomItHasNoThreadFor) {
  counts_.threads_to_refuse = 1;
  Manager manager;
  EXPECT_THROW(manager.list<int>(), Error);
  EXPECT_EQ(manager.list<int>({1}).at(0), 1);
}

int square(int number) { return number * number; }

// A worker lets go of what the server has open for its clients: of those that are there, for the numbers of
// the others may be those of the worker's own pipes.
TEST_F(PoorServer, LeavesItsWorkersWhatIsTheirs) {
  Manager manager;
  for (int i = 0; i < 3; ++i) {
    manager::RawClient gone(manager);
    gone.create("list");
    gone.go();
  }
  const PoolProxy pool = manager.Pool(1);
  EXPECT_EQ(pool.apply(fn<&square>, args(3)), 9);
  pool.close();
  pool.join();
}

constexpr int patient_max = 64;

TEST_F(PoorServer, HasPatienceWithAsManyAsHaveNotShownTheirKey) {
  Manager manager;
  const Endpoint endpoint(manager.address(), std::nullopt);
  std::vector<Descriptor> silent;
  for (int i = 0; i < patient_max + 1; ++i) silent.push_back(os_.connect(endpoint.socket_address()).value());
  while (counts_.polls_with_a_deadline == 0) std::this_thread::yield();  // the last has to hurry
  for (const Descriptor fd : silent) os_.close(fd);
}

TEST_F(PoorServer, HasPatienceHoweverManyHaveShownTheirKey) {
  Manager manager;
  for (int i = 0; i < patient_max + 2; ++i) manager::RawClient(manager).create("list");
  EXPECT_EQ(counts_.polls_with_a_deadline, 0);
}

TEST_F(PoorServer, HasOnePipeForAClientThatWaits) {
  Manager manager;
  const auto queue = manager.Queue<int>();
  for (int i = 0; i < 3; ++i) EXPECT_THROW(queue.get(true, 1ms), Empty);
  EXPECT_EQ(counts_.pipes, 1);
}

// It is not among those that are notified, and has the lock again.
TEST_F(PoorServer, ForgetsAWaitThatItCannotKeep) {
  Manager manager;
  const ConditionProxy condition = manager.Condition();
  const SemaphoreProxy here = manager.Semaphore(0);
  counts_.pipes_to_refuse = 1;
  condition.acquire();
  EXPECT_THROW(condition.wait(), RemoteError);
  condition.release();
  Thread waiter([&] {
    condition.acquire();
    here.release();
    EXPECT_TRUE(condition.wait());
    condition.release();
  });
  waiter.start();
  here.acquire();
  condition.acquire();
  condition.notify();
  condition.release();
  waiter.join();
}

// Nobody waits for a party that was sent away.
TEST_F(PoorServer, BreaksABarrierWhoseWaitItCannotKeep) {
  Manager manager;
  const BarrierProxy barrier = manager.Barrier(2);
  counts_.pipes_to_refuse = 1;
  EXPECT_THROW(barrier.wait(), RemoteError);
  EXPECT_EQ(barrier.n_waiting(), 0);
  EXPECT_THROW(barrier.wait(), BrokenBarrierError);
}

}  // namespace
}  // namespace mp
