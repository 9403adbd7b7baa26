// Items that end with the process that put them: missed by somebody who waits, by somebody who looks, or by
// nobody.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <memory>
#include <string>

namespace heddle {
namespace {

/// An open file, say.
struct Bound {
  bool crosses = false;
};

}  // namespace
}  // namespace heddle

template <>
struct mp::codec<heddle::Bound> {
  static void encode(Encoder& encoder, const heddle::Bound& value) {
    if (!value.crosses) throw TypeError("it cannot leave its process");
    encoder.nil();
  }
  static heddle::Bound decode(Decoder& decoder) {
    decoder.nil();
    return {.crosses = true};
  }
  static std::string describe(const heddle::Bound& value) { return value.crosses ? "<free>" : "<bound>"; }
};

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using Numbers = mp::Queue<int>;

void put_and_leave(Numbers& results) {
  results.cancel_join_thread();
  results.put(1);
}

void wait_for_what_was_left() {
  Numbers results(0, {.name = "results"});
  auto producer = start<&put_and_leave>("producer", results);
  static_cast<void>(results.get());
  producer.join();
}

TEST(LostItems, OfAProducerThatDoesNotWaitForItsFeeder) {
  expect_finding(&wait_for_what_was_left, "queue-items-lost", "results", {"main", "producer"});
  EXPECT_EQ(sentence_of(&wait_for_what_was_left),
            "main waits in results.get() for ever: producer ended without waiting for its feeder "
            "(cancel_join_thread()) before its feeder had written results.put(1)");
}

void put_one(Numbers& results) { results.put(1); }

TEST(LostItems, AreNoneOfAProducerThatEndsInOrder) {
  expect_silence([] {
    Numbers results(0, {.name = "results"});
    auto producer = start<&put_one>("producer", results);
    check(results.get() == 1, "the item arrives");
    producer.join();
  });
}

void put_two_and_work(Numbers& results, mp::Semaphore& done) {
  results.put(1);
  results.put(2);
  done.release();
  mp::sleep(100s);
}

// Those that are there are got; nobody waits for ever.
void drain(Numbers& results) {
  try {
    while (true) static_cast<void>(results.get(true, 1s));
  } catch (const mp::Empty&) {
    outcome("drained");
  }
}

void kill_and_drain() {
  Numbers results(0, {.name = "results"});
  mp::Semaphore done(0, {.name = "done"});
  auto producer = start<&put_two_and_work>("producer", results, done);
  done.acquire();
  producer.kill();
  producer.join();
  drain(results);
}

TEST(LostItems, OfAKilledProducerAreMissedByAGetThatTimesOut) {
  expect_finding(&kill_and_drain, "queue-items-lost", "results", {"main", "producer"});
  const std::string sentence = sentence_of(&kill_and_drain);
  EXPECT_TRUE(
      sentence.starts_with("main found nothing by results.get(): producer was struck by main's "
                           "producer.kill() before its feeder had written results.put("))
      << sentence;
}

TEST(LostItems, AreNoneWhenTheProducerIsKilledAfterAllWereGot) {
  expect_silence([] {
    Numbers results(0, {.name = "results"});
    mp::Semaphore done(0, {.name = "done"});
    auto producer = start<&put_two_and_work>("producer", results, done);
    static_cast<void>(results.get());
    static_cast<void>(results.get());
    producer.kill();
    producer.join();
    drain(results);
  });
}

void put_for_ever(Numbers& results) {
  while (true) results.put(1);
}

TEST(LostItems, AreNoneWhenNobodyWantsMore) {
  expect_silence([] {
    Numbers results(2, {.name = "results"});
    auto producer = start<&put_for_ever>("producer", results);
    static_cast<void>(results.get());
    producer.terminate();
    producer.join();
  });
}

// A thread that outlives its process's exit sequence: that has waited for the feeder already.
void leave_a_thread(Numbers& results) {
  const auto own = std::make_shared<Numbers>(std::move(results));
  mp::Thread late(
      [own] {
        mp::sleep(1s);
        own->put(1);
      },
      {.name = "late"});
  own->put(0);
  late.start();
}

TEST(LostItems, OfAThreadThatComesTooLate) {
  const auto program = [] {
    Numbers results(0, {.name = "results"});
    auto producer = start<&leave_a_thread>("producer", results);
    static_cast<void>(results.get());
    static_cast<void>(results.get());
    producer.join();
  };
  expect_finding(program, "queue-items-lost", "results", {"main", "producer/late"});
  EXPECT_TRUE(sentence_of(program).find("they were put after it had begun to end") != std::string::npos)
      << sentence_of(program);
}

TEST(LostItems, OfAJoinableQueueAreMissedByItsJoin) {
  expect_finding(
      [] {
        mp::JoinableQueue<int> tasks(0, {.name = "tasks"});
        auto worker = start_daemon<[](mp::JoinableQueue<int>& queue) {
          while (true) {
            static_cast<void>(queue.get());
            queue.task_done();
          }
        }>("worker", tasks);
        auto producer = start<[](mp::JoinableQueue<int>& queue) {
          queue.cancel_join_thread();
          queue.put(1);
        }>("producer", tasks);
        producer.join();
        tasks.join();
      },
      "queue-items-lost", "tasks", {"main", "producer", "worker"});
}

void get_two(Numbers& results) {
  static_cast<void>(results.get());
  static_cast<void>(results.get());
}

TEST(LostItems, KeepTheSlotsThatTheyHad) {
  const auto program = [] {
    Numbers results(1, {.name = "results"});
    auto consumer = start<&get_two>("consumer", results);
    auto producer = start<&put_and_leave>("producer", results);
    producer.join();
    results.put(2);
    consumer.join();
  };
  expect_finding(program, "queue-slot-leaked", "results", {"main", "consumer", "producer"});
  EXPECT_TRUE(
      sentence_of(program).starts_with("main waits in results.put(2) for ever: 1 of the 1 slots is taken "
                                       "by items that nobody can ever get: producer ended"))
      << sentence_of(program);
}

// Whoever waits for room is named, also if another has begun to wait for an item before.
TEST(LostItems, KeepTheirSlotsFromWhoeverPuts) {
  expect_finding(
      [] {
        Numbers results(1, {.name = "results"});
        auto leaver = start<&put_and_leave>("leaver", results);
        leaver.join();
        auto producer = start<[](Numbers& queue) { queue.put(2); }>("producer", results);
        get_two(results);
        producer.join();
      },
      "queue-slot-leaked", "results", {"leaver", "main", "producer"});
}

template <bool crosses>
void put_bound(mp::Queue<Bound>& results) {
  results.put({.crosses = crosses});
}

template <bool crosses>
void put_and_get() {
  mp::Queue<Bound> results(0, {.name = "results"});
  auto producer = start<&put_bound<crosses>>("producer", results);
  static_cast<void>(results.get());
  producer.join();
}

TEST(LostItems, ThatCannotBeEncodedAreToldByTheQueue) {
  expect_finding(&put_and_get<false>, "queue-items-lost", "results", {"producer"});
  EXPECT_EQ(sentence_of(&put_and_get<false>),
            "producer called results.put(<bound>): an item put on a queue is dropped: it cannot be encoded: "
            "it cannot leave its process");
}

TEST(LostItems, AreNoneWhenTheItemCanBeEncoded) { expect_silence(&put_and_get<true>); }

}  // namespace
}  // namespace heddle
