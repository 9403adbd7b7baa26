// Queue: order, capacity, the feeder's life and the end of processes, on the real Os. Every get that expects
// an item waits for it: when a feeder writes is nobody's business (QUEUE-07).
#include <mp/queue/queue.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/semaphore.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

/// Something that cannot be encoded, or can but not decoded.
struct Stubborn {
  bool encodes = false;
};

}  // namespace

template <>
struct codec<Stubborn> {
  static void encode(Encoder& encoder, const Stubborn& value) {
    if (!value.encodes) throw ValueError("will not");
    encoder.nil();
  }
  static Stubborn decode(Decoder&) { throw DecodeError("will not"); }
  static std::string describe(const Stubborn&) { return "<stubborn>"; }
};

namespace {

TEST(Queue, GivesItemsInTheOrderOfPutting) {
  Queue<int> queue;
  for (int i = 0; i < 5; ++i) queue.put(i);
  std::vector<int> got;
  for (int i = 0; i < 5; ++i) got.push_back(queue.get());
  EXPECT_THAT(got, ElementsAre(0, 1, 2, 3, 4));
}

TEST(Queue, CarriesNoneAndLargeItems) {
  Queue<std::optional<std::string>> queue;
  const std::string large(1 << 20, 'x');
  queue.put(large);
  queue.put(std::nullopt);
  EXPECT_EQ(queue.get(), large);
  EXPECT_EQ(queue.get(), std::nullopt);
}

TEST(Queue, IsFullWhenItsSlotsAreTaken) {
  Queue<int> queue(2);
  queue.put(1);
  EXPECT_FALSE(queue.full());
  queue.put(2);
  EXPECT_TRUE(queue.full());
  EXPECT_EQ(queue.qsize(), 2);
  EXPECT_THROW(queue.put_nowait(3), Full);
  EXPECT_THROW(queue.put(3, true, 0.001s), Full);
  EXPECT_THROW(queue.put(3, true, -1s), Full);
  EXPECT_EQ(queue.get(), 1);
  queue.put(3, true, -1s);
  EXPECT_EQ(queue.get(), 2);
  EXPECT_EQ(queue.get(), 3);
  EXPECT_EQ(queue.qsize(), 0);
}

TEST(Queue, HasNothingWithinTheTimeout) {
  Queue<int> queue;
  EXPECT_TRUE(queue.empty());
  EXPECT_THROW(queue.get_nowait(), Empty);
  const Instant begin = os().now();
  EXPECT_THROW(queue.get(true, 0.02s), Empty);
  EXPECT_GE(os().now() - begin, 20ms);
}

TEST(Queue, GivesAReadableItemToANegativeTimeout) {
  Queue<int> queue;
  queue.put(2);
  while (queue.empty()) {
  }
  EXPECT_EQ(queue.get(true, -1s), 2);
}

TEST(Queue, PutDoesNotWaitForThePipe) {
  Queue<Bytes> queue;
  queue.put(Bytes(1 << 20));
  queue.put(Bytes(1 << 20));
  EXPECT_EQ(queue.qsize(), 2);
  EXPECT_EQ(queue.get().size(), std::size_t{1} << 20);
  EXPECT_EQ(queue.get().size(), std::size_t{1} << 20);
}

TEST(Queue, SnapshotsTheItemWhenItIsPut) {
  Queue<std::vector<int>> queue;
  std::vector<int> item{1};
  queue.put(item);
  item.push_back(2);
  EXPECT_THAT(queue.get(), ElementsAre(1));
}

TEST(Queue, DropsAnItemThatCannotBeEncodedAndFreesItsSlot) {
  Queue<Stubborn> queue(1);
  testing::internal::CaptureStderr();
  queue.put({});
  EXPECT_NE(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(queue.qsize(), 0);
}

TEST(Queue, ConsumesAnItemThatDoesNotDecode) {
  Queue<Stubborn> queue(1);
  queue.put({.encodes = true});
  EXPECT_THROW(queue.get(), DecodeError);
  EXPECT_EQ(queue.qsize(), 0);
}

TEST(Queue, RejectsUseOnceClosed) {
  Queue<int> queue;
  queue.close();
  queue.close();
  EXPECT_THROW(queue.put(1), ValueError);
  EXPECT_THROW(queue.put_nowait(1), ValueError);
  EXPECT_THROW(queue.get(), ValueError);
  EXPECT_THROW(queue.get_nowait(), ValueError);
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.qsize(), 0);
}

TEST(Queue, HasClosedItsEndsOnceTheFeederEnded) {
  Queue<int> queue;
  queue.put(1);
  queue.close();
  queue.join_thread();
  EXPECT_THROW(queue.empty(), OSError);
  EXPECT_EQ(queue.qsize(), 1);
}

TEST(Queue, IsClosedBeforeItsThreadIsJoined) {
  Queue<int> queue;
  EXPECT_THROW(queue.join_thread(), AssertionError);
  queue.close();
  queue.join_thread();
  queue.join_thread();
}

void produce(Queue<std::pair<int, int>>& queue, int producer, int count) {
  for (int i = 0; i < count; ++i) queue.put({producer, i});
}

TEST(Queue, KeepsTheOrderOfEachProducer) {
  Queue<std::pair<int, int>> queue(10);
  std::vector<Process> producers;
  for (int i = 0; i < 3; ++i) producers.emplace_back(fn<&produce>, args(queue, i, 300));
  for (Process& producer : producers) producer.start();
  std::map<int, int> next;
  for (int i = 0; i < 900; ++i) {
    const auto [producer, number] = queue.get();
    EXPECT_EQ(number, next[producer]++);
  }
  for (Process& producer : producers) producer.join();
}

void consume(Queue<std::optional<int>>& items, Queue<int>& sums) {
  int sum = 0;
  while (const std::optional<int> item = items.get()) sum += *item;
  sums.put(sum);
}

TEST(Queue, DeliversEachItemToOneGetter) {
  Queue<std::optional<int>> items;
  Queue<int> sums;
  std::vector<Process> consumers;
  for (int i = 0; i < 3; ++i) consumers.emplace_back(fn<&consume>, args(items, sums));
  for (Process& consumer : consumers) consumer.start();
  for (int i = 1; i <= 1000; ++i) items.put(i);
  for (int i = 0; i < 3; ++i) items.put(std::nullopt);
  int total = 0;
  for (int i = 0; i < 3; ++i) total += sums.get();
  EXPECT_EQ(total, 500500);
  for (Process& consumer : consumers) consumer.join();
}

void put_and_leave(Queue<int>& queue, std::string& how) {
  for (int i = 0; i < 5; ++i) queue.put(i);
  if (how == "exit") exit(3);
  if (how == "throw") throw ValueError("on purpose");
}

TEST(Queue, FlushesAtTheEndOfAProcessHoweverItEnds) {
  testing::internal::CaptureStderr();
  for (const std::string how : {"return", "exit", "throw"}) {
    Queue<int> queue;
    Process child(fn<&put_and_leave>, args(queue, how));
    child.start();
    child.join();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(queue.get(), i);
  }
  testing::internal::GetCapturedStderr();
}

void put_much(Queue<Bytes>& queue) { queue.put(Bytes(300000)); }
void put_much_and_give_up(Queue<Bytes>& queue) {
  queue.cancel_join_thread();
  queue.put(Bytes(300000));
}

TEST(Queue, HoldsItsProducerUntilTheItemsAreDrained) {
  Queue<Bytes> queue;
  Process child(fn<&put_much>, args(queue));
  child.start();
  child.join(0.1s);
  EXPECT_TRUE(child.is_alive());
  EXPECT_EQ(queue.get().size(), 300000U);
  child.join();
  EXPECT_EQ(child.exitcode(), 0);
}

TEST(Queue, LetsAProducerGoThatCancelledTheJoin) {
  Queue<Bytes> queue;
  Process child(fn<&put_much_and_give_up>, args(queue));
  child.start();
  child.join();
  EXPECT_EQ(child.exitcode(), 0);
}

TEST(Queue, FlushesWhenItIsDestroyed) {
  Queue<Bytes> queue;
  Process child(fn<[](Queue<Bytes>& given) {
                  Queue<Bytes> own(std::move(given));
                  own.put(Bytes(100000));
                }>,
                args(queue));
  child.start();
  EXPECT_EQ(queue.get().size(), 100000U);
  child.join();
  EXPECT_EQ(child.exitcode(), 0);
}

// As a program does that has it in a global variable.
TEST(Queue, FlushesAtTheEndOfAProcessThatKeepsIt) {
  Queue<Bytes> queue;
  Process child(fn<[](Queue<Bytes>& given) {
                  static auto* const kept = new Queue<Bytes>(std::move(given));
                  for (int i = 0; i < 3; ++i) kept->put(Bytes(100000));
                }>,
                args(queue));
  child.start();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(queue.get().size(), 100000U);
  child.join();
  EXPECT_EQ(child.exitcode(), 0);
}

TEST(Queue, IsWhatItWasWhenItIsMovedToItself) {
  Queue<int> queue;
  queue.put(1);
  Queue<int>& itself = queue;
  queue = std::move(itself);
  queue.put(2);
  EXPECT_EQ(queue.get(), 1);
  EXPECT_EQ(queue.get(), 2);
}

void get_for_ever(Queue<int>& queue, Semaphore& here) {
  here.release();
  queue.get();
}

TEST(Queue, IsEmptyForOthersWhileAGetterWaits) {
  Queue<int> queue;
  Semaphore here(0);
  Process getter(fn<&get_for_ever>, args(queue, here));
  getter.start();
  here.acquire();
  EXPECT_THROW(queue.get(true, 0.01s), Empty);
  EXPECT_THROW(queue.get_nowait(), Empty);
  getter.kill();
  getter.join();
}

void put_one(Queue<int>& queue) { queue.put(1); }

TEST(Queue, GivesAChildAnEmptyBuffer) {
  Queue<int> queue;
  queue.put(0);
  Process child(fn<&put_one>, args(queue));
  child.start();
  child.join();
  int sum = queue.get() + queue.get();
  EXPECT_EQ(sum, 1);
  EXPECT_EQ(queue.qsize(), 0);
}

TEST(Queue, KeepsTheOrderOfEachThread) {
  Queue<std::pair<int, int>> queue;
  std::vector<Thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&queue, i] {
      for (int number = 0; number < 200; ++number) queue.put({i, number});
    });
  }
  for (Thread& thread : threads) thread.start();
  std::map<int, int> next;
  for (int i = 0; i < 800; ++i) {
    const auto [thread, number] = queue.get();
    EXPECT_EQ(number, next[thread]++);
  }
  for (Thread& thread : threads) thread.join();
}

TEST(Queue, DoesNotCrossInAMessage) {
  Queue<int> queue;
  EXPECT_THROW(encode_message(queue), RuntimeError);
}

TEST(Queue, ClosesInOneProcessOnly) {
  Queue<int> queue;
  Process child(fn<&put_one>, args(queue));
  child.start();
  EXPECT_EQ(queue.get(), 1);
  child.join();
  queue.close();
}

}  // namespace
}  // namespace mp
