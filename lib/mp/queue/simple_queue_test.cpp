// SimpleQueue on the real Os: synchronous puts, errors where they arise, ends that are gone.
#include <mp/queue/simple_queue.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <mp/channel/wait.hpp>
#include <mp/process/process.hpp>
#include <mp/process/recording_os.hpp>
#include <mp/process/thread.hpp>

namespace mp {
namespace {

TEST(SimpleQueue, GivesItemsInTheOrderOfPutting) {
  SimpleQueue<int> queue;
  for (int i = 0; i < 5; ++i) queue.put(i);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(queue.get(), i);
  EXPECT_TRUE(queue.empty());
}

TEST(SimpleQueue, IsNotEmptyOnceAnItemWasPut) {
  SimpleQueue<int> queue;
  queue.put(1);
  EXPECT_FALSE(queue.empty());
  EXPECT_EQ(wait({queue}), std::vector<Waitable>{queue});
}

TEST(SimpleQueue, ThrowsWhatEncodingThrowsAndPutsNothing) {
  SimpleQueue<SimpleQueue<int>> queue;
  EXPECT_THROW(queue.put(SimpleQueue<int>()), RuntimeError);
  EXPECT_TRUE(queue.empty());
}

TEST(SimpleQueue, WaitsWhileThePipeIsFull) {
  SimpleQueue<Bytes> queue;
  Thread putter([&] { queue.put(Bytes(300'000)); });
  putter.start();
  EXPECT_EQ(queue.get().size(), 300'000U);
  putter.join();
  EXPECT_TRUE(queue.empty());
}

TEST(SimpleQueue, RejectsUseOnceClosed) {
  SimpleQueue<int> queue;
  queue.close();
  queue.close();
  EXPECT_THROW(queue.put(1), OSError);
  EXPECT_THROW(queue.get(), OSError);
  EXPECT_THROW(queue.empty(), OSError);
  EXPECT_THROW(static_cast<void>(queue.fileno()), OSError);
}

TEST(SimpleQueue, BreaksWhenNobodyCanGet) {
  SimpleQueueCore queue({}, Location::current());
  ASSERT_TRUE(os().close(queue.ends().first));
  EXPECT_THROW(queue.put(Bytes(1), Location::current()), BrokenPipeError);
  EXPECT_THROW(queue.put(Bytes(100'000), Location::current()), BrokenPipeError);
}

TEST(SimpleQueue, EndsWhenNobodyCanPut) {
  SimpleQueueCore queue({}, Location::current());
  queue.put(Bytes(1), Location::current());
  ASSERT_TRUE(os().close(queue.ends().second));
  EXPECT_EQ(queue.get(), Bytes(1));
  EXPECT_FALSE(queue.empty(Location::current()));
  EXPECT_THROW(queue.get(), EOFError);
  EXPECT_THROW(queue.get(), EOFError);
}

void double_until_zero(SimpleQueue<int>& tasks, SimpleQueue<int>& results) {
  while (const int task = tasks.get()) results.put(2 * task);
}

TEST(SimpleQueue, ConnectsProcesses) {
  SimpleQueue<int> tasks;
  SimpleQueue<int> results;
  Process worker(fn<&double_until_zero>, args(tasks, results));
  worker.start();
  for (int i = 1; i <= 100; ++i) tasks.put(i);
  tasks.put(0);
  for (int i = 1; i <= 100; ++i) EXPECT_EQ(results.get(), 2 * i);
  worker.join();
  EXPECT_EQ(worker.exitcode(), 0);
}

TEST(SimpleQueue, TellsOnceThatItIsClosed) {
  RecordingOs recorder;
  const OsScope scope(&recorder);
  SimpleQueue<int> queue;
  recorder.clear();
  queue.close();
  queue.close();
  EXPECT_EQ(recorder.lines(), (std::vector<std::string>{"begin close", "dropped", "end 0"}));
}

}  // namespace
}  // namespace mp
