// Queues whose feeders and getters are really killed: in the middle of a message larger than the pipe, and at
// a boundary. Which step a kill strikes at is chosen by filling the pipe and stopping the victim.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include <mp/process/current_process.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/joinable_queue.hpp>
#include <mp/queue/queue.hpp>
#include <mp/sync/semaphore.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t megabyte = 1 << 20;

void put_megabyte(Queue<Bytes>& queue) { queue.put(Bytes(megabyte)); }

/// Have all threads of the process stopped? A thread that is told to stop may be inside the kernel for a
/// while, and a write that finds room goes on there.
bool is_stopped(ProcessId process) {
  const std::string tasks = "/proc/" + std::to_string(static_cast<int>(process)) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks)) {
    std::ifstream file(task.path() / "stat");
    std::string stat;
    std::getline(file, stat);
    if (stat.at(stat.rfind(')') + 2) != 'T') return false;
  }
  return true;
}

/// A child whose feeder waits for room in the middle of a message, stopped there.
Process start_stuck_feeder(Queue<Bytes>& queue) {
  Process feeder(fn<&put_megabyte>, args(queue));
  feeder.start();
  while (queue.empty()) sleep(0.001s);
  EXPECT_TRUE(os().signal_process(*feeder.pid(), Signal::stop));
  while (!is_stopped(*feeder.pid())) sleep(0.001s);
  return feeder;
}

TEST(MessageStream, AGetterLearnsOfAFeederThatWasKilled) {
  Queue<Bytes> queue;
  Process feeder = start_stuck_feeder(queue);
  feeder.kill();
  feeder.join();
  EXPECT_THROW(queue.get(true, 0.5s), OwnerDied);
  EXPECT_THROW(queue.get_nowait(), OwnerDied);
  EXPECT_THROW(queue.put(Bytes(1)), OwnerDied);
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.qsize(), 0);
}

TEST(MessageStream, AGetterInTheMiddleOfAMessageLearnsThatItsFeederIsKilled) {
  Queue<Bytes> queue;
  Process feeder = start_stuck_feeder(queue);
  std::string end;
  Thread getter([&] {
    try {
      queue.get(true, 0.01s);
    } catch (const OwnerDied&) {
      end = "died";
    }
  });
  getter.start();
  while (!queue.empty()) sleep(0.001s);  // until it has read all there is
  feeder.kill();
  feeder.join();
  getter.join();
  EXPECT_EQ(end, "died");
}

TEST(MessageStream, APutterLearnsOfAFeederThatWasKilled) {
  Queue<Bytes> queue;
  Process feeder = start_stuck_feeder(queue);
  feeder.kill();
  feeder.join();
  testing::internal::CaptureStderr();
  queue.put(Bytes(1));  // its feeder finds the stream torn, once a getter makes room for it to say so
  EXPECT_THROW(queue.get(), OwnerDied);
  EXPECT_THROW(queue.put(Bytes(1)), OwnerDied);
  queue.close();
  queue.join_thread();
  EXPECT_NE(testing::internal::GetCapturedStderr(), "");
}

void get_one(Queue<Bytes>& queue) { queue.get(); }

TEST(MessageStream, AFeederThatWaitsForRoomGoesOnWhenAGetterWasKilled) {
  Queue<Bytes> queue;
  Process feeder = start_stuck_feeder(queue);
  Process getter(fn<&get_one>, args(queue));
  getter.start();
  while (!queue.empty()) sleep(0.001s);  // until it has read all there is
  getter.kill();
  getter.join();
  EXPECT_TRUE(os().signal_process(*feeder.pid(), Signal::resume));
  EXPECT_THROW(queue.get(), OwnerDied);
  feeder.join();  // its process ends, which it could not with a feeder that waits
  EXPECT_EQ(feeder.exitcode(), 0);
}

void tell_and_get(Queue<Bytes>& queue, Semaphore& here) {
  here.release();
  queue.get();
}

TEST(MessageStream, AGetterKilledAtABoundaryIsOfNoConsequence) {
  Queue<Bytes> queue;
  Semaphore here(0);
  Process getter(fn<&tell_and_get>, args(queue, here));
  getter.start();
  here.acquire();
  getter.kill();
  getter.join();
  queue.put(Bytes(7));
  EXPECT_EQ(queue.get(true, 10s).size(), 7U);
  queue.put(Bytes(megabyte));
  EXPECT_EQ(queue.get(true, 10s).size(), megabyte);
}

TEST(MessageStream, AJoinerLearnsThatItemsAreLost) {
  JoinableQueue<Bytes> queue;
  Process feeder(fn<[](JoinableQueue<Bytes>& given) { given.put(Bytes(megabyte)); }>, args(queue));
  feeder.start();
  while (queue.empty()) sleep(0.001s);
  feeder.kill();
  feeder.join();
  std::string end;
  Thread joiner([&] {
    try {
      queue.join();
    } catch (const OwnerDied&) {
      end = "died";
    }
  });
  joiner.start();
  EXPECT_THROW(queue.get(), OwnerDied);
  joiner.join();
  EXPECT_EQ(end, "died");
  queue.task_done();  // whoever gives up what is lost can join
  queue.join();
}

}  // namespace
}  // namespace mp
