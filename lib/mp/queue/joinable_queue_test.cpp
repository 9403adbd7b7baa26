// JoinableQueue: what is counted and who is released, on the real Os.
#include <mp/queue/joinable_queue.hpp>

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <mp/os/posix_os.hpp>
#include <mp/process/process.hpp>
#include <mp/process/recording_os.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/semaphore.hpp>
#include <mp/sync/wait_ring.hpp>

namespace mp {
namespace {

TEST(JoinableQueue, JoinsAtOnceWhenNothingWasPut) {
  JoinableQueue<int> queue;
  queue.join();
}

TEST(JoinableQueue, RejectsOneTaskDoneTooMany) {
  JoinableQueue<int> queue;
  queue.put(1);
  queue.get();
  queue.task_done();
  EXPECT_THROW(queue.task_done(), ValueError);
}

TEST(JoinableQueue, CountsPutsAndNotGets) {
  JoinableQueue<int> queue;
  queue.put(1);
  queue.put(2);
  queue.task_done();
  queue.task_done();
  queue.join();
}

TEST(JoinableQueue, DoesNotCountAPutThatFoundNoSlot) {
  JoinableQueue<int> queue(1);
  queue.put(1);
  EXPECT_THROW(queue.put_nowait(2), Full);
  queue.task_done();
  queue.join();
}

TEST(JoinableQueue, IsJoinedAndDoneAfterItIsClosed) {
  JoinableQueue<int> queue;
  queue.put(1);
  queue.close();
  queue.task_done();
  queue.join();
}

void work(JoinableQueue<std::optional<int>>& tasks, Semaphore& done) {
  while (true) {
    const bool is_task = tasks.get().has_value();
    if (is_task) done.release();
    tasks.task_done();
    if (!is_task) return;
  }
}

TEST(JoinableQueue, JoinsWhenFourConsumersHaveDoneEverything) {
  JoinableQueue<std::optional<int>> tasks;
  Semaphore done(0);
  std::vector<Process> workers;
  for (int i = 0; i < 4; ++i) workers.emplace_back(fn<&work>, args(tasks, done));
  for (Process& worker : workers) worker.start();
  for (int i = 0; i < 200; ++i) tasks.put(i);
  for (int i = 0; i < 4; ++i) tasks.put(std::nullopt);
  tasks.join();
  EXPECT_EQ(done.get_value(), 200);
  for (Process& worker : workers) worker.join();
}

TEST(JoinableQueue, ReleasesEveryJoiner) {
  JoinableQueue<int> queue;
  queue.put(1);
  std::vector<Thread> joiners;
  for (int i = 0; i < 5; ++i) joiners.emplace_back([&] { queue.join(); });
  for (Thread& joiner : joiners) joiner.start();
  queue.task_done();
  for (Thread& joiner : joiners) joiner.join();
}

void produce_and_join(JoinableQueue<int>& queue) {
  for (int i = 0; i < 10; ++i) queue.put(i);
  queue.join();
}
void consume_for_ever(JoinableQueue<int>& queue) {
  while (true) {
    queue.get();
    queue.task_done();
  }
}

TEST(JoinableQueue, LetsProducersJoinWhileDaemonsConsume) {
  JoinableQueue<int> queue(3);
  std::vector<Process> producers;
  std::vector<Process> consumers;
  for (int i = 0; i < 2; ++i)
    consumers.emplace_back(fn<&consume_for_ever>, args(queue), ProcessOptions{.daemon = true});
  for (int i = 0; i < 3; ++i) producers.emplace_back(fn<&produce_and_join>, args(queue));
  for (Process& consumer : consumers) consumer.start();
  for (Process& producer : producers) producer.start();
  for (Process& producer : producers) producer.join();
  for (const Process& producer : producers) EXPECT_EQ(producer.exitcode(), 0);
  for (Process& consumer : consumers) {
    consumer.kill();
    consumer.join();
  }
}

class CrowdedOs : public RecordingOs {
 public:
  Result<ThreadId> start_thread(const ThreadStart& start) override {
    return is_crowded ? failure(EAGAIN) : RecordingOs::start_thread(start);
  }
  bool is_crowded = true;
};

// The first put needs a thread of the queue's own.
TEST(JoinableQueue, DoesNotCountWhatCouldNotBePut) {
  CrowdedOs crowded;
  const OsScope scope(&crowded);
  JoinableQueue<int> queue(1);
  EXPECT_THROW(queue.put(1), RuntimeError);
  EXPECT_THROW(queue.task_done(), ValueError);
  queue.join();
  crowded.is_crowded = false;
  queue.put(2, false);  // the slot is free again
  EXPECT_EQ(queue.get(), 2);
  queue.task_done();
  queue.close();
  queue.join_thread();
}

TEST(JoinableQueue, TellsHowManyAreUnfinished) {
  CrowdedOs recorder;
  const OsScope scope(&recorder);
  JoinableQueue<int> queue;
  EXPECT_THROW(queue.put(1), RuntimeError);
  EXPECT_TRUE(recorder.has("count 1"));
  EXPECT_TRUE(recorder.has("count 0"));
  recorder.is_crowded = false;
  queue.put(1);
  queue.put(2);
  EXPECT_TRUE(recorder.has("count 2"));
  recorder.clear();
  queue.task_done();
  EXPECT_TRUE(recorder.has("count 1"));
  queue.close();
  queue.join_thread();
}

/// Has something done by the task that made it, each time that it is about to sleep.
class BusyOs : public PosixOs {
 public:
  Result<void> word_wait(Word& word, std::uint32_t expected, Instant deadline, ProcessId owner) override {
    if (thread_id() == mine_ && before_sleep) before_sleep();
    return PosixOs::word_wait(word, expected, deadline, owner);
  }
  std::function<void()> before_sleep;

 private:
  ThreadId mine_ = PosixOs::thread_id();
};

TEST(JoinableQueue, IsJoinedAnyNumberOfTimes) {
  BusyOs busy;
  const OsScope scope(&busy);
  JoinableQueue<int> queue;
  busy.before_sleep = [&] { queue.task_done(); };
  for (std::uint32_t i = 0; i < WaitRing::size + 1; ++i) {
    queue.put(1);
    EXPECT_EQ(queue.get(), 1);
    queue.join();
  }
  busy.before_sleep = nullptr;
  queue.close();
  queue.join_thread();
}

}  // namespace
}  // namespace mp
