// Consumers that nobody feeds any more and joins that nobody answers, and programs that only look like them.
// Other waits have files of their own in wait_for/.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <optional>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using Items = mp::Queue<std::optional<int>>;
using Numbers = mp::Queue<int>;
using Jobs = mp::JoinableQueue<int>;

// --- sentinel-shortage ------------------------------------------------------------------------------------

void consume(Items& items) {
  while (items.get().has_value()) {
  }
}

void produce(Items& items) {
  for (int item = 0; item < 2; ++item) items.put(item);
}

TEST(SentinelShortage, OfThreeThreadsWithTwoSentinels) {
  const auto program = [] {
    Items items(0, {.name = "items"});
    const auto first = start_thread("first", [&] { consume(items); });
    const auto second = start_thread("second", [&] { consume(items); });
    const auto third = start_thread("third", [&] { consume(items); });
    produce(items);
    for (int i = 0; i < 2; ++i) items.put(std::nullopt);
    first.join();
    second.join();
    third.join();
  };
  const Result result = explore(program, options_of(200));
  EXPECT_EQ(rules_of(result), Names{"sentinel-shortage"});
  EXPECT_EQ(std::get<Failed>(result.verdict).failures.at(0).finding.object, "items");
}

TEST(SentinelShortage, OfMainThatConsumesWhatAChildPutsWithoutASentinel) {
  expect_finding(
      [] {
        Items items(0, {.name = "items"});
        auto producer = start<&produce>("producer", items);
        consume(items);
        producer.join();
      },
      "sentinel-shortage", "items", {"main"});
}

void produce_in_grandchild(Items& items) { start<&produce>("grandchild", items); }

TEST(SentinelShortage, OfAConsumerWhoseProducerWasAGrandchild) {
  expect_finding(
      [] {
        Items items(0, {.name = "items"});
        auto producer = start<&produce_in_grandchild>("producer", items);
        auto consumer = start<&consume>("consumer", items);
        producer.join();
        consumer.join();
      },
      "sentinel-shortage", "items", {"main", "consumer"});
}

void take_one(Numbers& numbers) { numbers.get(); }

TEST(SentinelShortage, OfOneGetMoreThanPuts) {
  expect_finding(
      [] {
        Numbers numbers(0, {.name = "numbers"});
        numbers.put(1);
        numbers.get();
        auto late = start<&take_one>("late", numbers);
        late.join();
      },
      "sentinel-shortage", "numbers", {"main", "late"});
}

void consume_in_turn(Items& items, mp::Lock& turn) {
  while (true) {
    const mp::With held(turn);
    if (!items.get().has_value()) return;
  }
}

TEST(SentinelShortage, OfConsumersThatTakeTurns) {
  const Result result = explore(
      [] {
        Items items(0, {.name = "items"});
        mp::Lock turn({.name = "turn"});
        auto first = start<&consume_in_turn>("first", items, turn);
        auto second = start<&consume_in_turn>("second", items, turn);
        auto third = start<&consume_in_turn>("third", items, turn);
        items.put(1);
        items.put(std::nullopt);
        first.join();
        second.join();
        third.join();
      },
      options_of(200));
  EXPECT_EQ(rules_of(result), Names{"sentinel-shortage"});
}

void consume_and_retry(Items& items) {
  bool has_retried = false;
  while (const auto item = items.get()) {
    if (!has_retried) items.put(item);
    has_retried = true;
  }
}

// What is put back is there for whoever comes first; it is the sentinel that is missing.
TEST(SentinelShortage, OfConsumersThatPutItemsBack) {
  const Result result = explore(
      [] {
        Items items(0, {.name = "items"});
        auto first = start<&consume_and_retry>("first", items);
        auto second = start<&consume_and_retry>("second", items);
        produce(items);
        items.put(std::nullopt);
        first.join();
        second.join();
      },
      options_of(200));
  EXPECT_EQ(rules_of(result), Names{"sentinel-shortage"});
}

void pass_on(Numbers& numbers) {
  for (;;) {
    const int number = numbers.get();
    if (number > 0) numbers.put(number - 1);
  }
}

// They were to feed each other, and it is not known how that was to end.
TEST(SentinelShortage, IsNoneOfTasksThatFeedEachOther) {
  const Result result = explore(
      [] {
        Numbers numbers(0, {.name = "numbers"});
        auto first = start_thread("first", [&] { pass_on(numbers); });
        auto second = start_thread("second", [&] { pass_on(numbers); });
        numbers.put(20);
        first.join();
        second.join();
      },
      options_of(200));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

void consume_and_pass_on(Items& items) {
  consume(items);
  items.put(std::nullopt);
}

TEST(SentinelShortage, IsNoneWhenOneSentinelIsPassedOn) {
  expect_silence([] {
    Items items(0, {.name = "items"});
    auto first = start<&consume_and_pass_on>("first", items);
    auto second = start<&consume_and_pass_on>("second", items);
    produce(items);
    items.put(std::nullopt);
    first.join();
    second.join();
  });
}

TEST(SentinelShortage, IsNoneWithOneForEachWorkerOfAPool) {
  expect_silence([] {
    Items items(2, {.name = "items"});
    auto first = start<&consume>("first", items);
    auto second = start<&consume>("second", items);
    auto third = start<&consume>("third", items);
    auto producer = start<&produce_in_grandchild>("producer", items);
    producer.join();
    for (int i = 0; i < 3; ++i) items.put(std::nullopt);
    first.join();
    second.join();
    third.join();
  });
}

void consume_until_quiet(Items& items) {
  try {
    while (true) items.get(true, 1s);
  } catch (const mp::Empty&) {
    outcome("quiet");
  }
}

TEST(SentinelShortage, IsNoneWhenConsumersGiveUpByThemselves) {
  expect_silence([] {
    Items items(0, {.name = "items"});
    auto first = start<&consume_until_quiet>("first", items);
    auto second = start<&consume_until_quiet>("second", items);
    produce(items);
    first.join();
    second.join();
  });
}

TEST(SentinelShortage, IsNoneWhenOnlyDaemonsIdleAtTheEnd) {
  expect_silence([] {
    Items items(0, {.name = "items"});
    auto first = start_daemon<&consume>("first", items);
    auto second = start_daemon<&consume>("second", items);
    produce(items);
  });
}

void produce_one_and_end(Items& items) { items.put(std::nullopt); }

TEST(SentinelShortage, IsNoneWhenTheProducerIsStartedLate) {
  expect_silence([] {
    Items items(0, {.name = "items"});
    auto consumer = start<&consume>("consumer", items);
    mp::sleep(1s);  // the consumer waits by now
    start<&produce_one_and_end>("producer", items);
    consumer.join();
  });
}

// --- task-done-missing ------------------------------------------------------------------------------------

void work(Jobs& jobs) {
  while (true) {
    jobs.get();
    jobs.task_done();
  }
}

TEST(TaskDoneMissing, WhenMainForgetsItsOwn) {
  expect_finding(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        jobs.put(1);
        jobs.get();
        jobs.join();
      },
      "task-done-missing", "jobs", {"main"});
}

void work_carelessly(Jobs& jobs) {
  while (true) {
    try {
      if (jobs.get() == 1) throw mp::RuntimeError("job 1 is too hard");
      jobs.task_done();
    } catch (const mp::RuntimeError&) {  // the plant: the item stays unmarked
    }
  }
}

TEST(TaskDoneMissing, WhenAWorkerSwallowsItsFailure) {
  expect_finding(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        auto worker = start_daemon<&work_carelessly>("worker", jobs);
        for (int i = 0; i < 3; ++i) jobs.put(i);
        jobs.join();
      },
      "task-done-missing", "jobs", {"main", "worker"});
}

TEST(TaskDoneMissing, WhenAThreadEndsWithItsItem) {
  expect_finding(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        const auto thread = start_thread("thread", [&] { jobs.get(); });
        jobs.put(1);
        jobs.join();
        thread.join();
      },
      "task-done-missing", "jobs", {"main", "main/thread"});
}

void work_on_one(Jobs& jobs) {
  jobs.get();
  jobs.task_done();
}

TEST(TaskDoneMissing, WhenNobodyTakesTheLastItem) {
  expect_finding(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        auto worker = start<&work_on_one>("worker", jobs);
        for (int i = 0; i < 2; ++i) jobs.put(i);
        jobs.join();
        worker.join();
      },
      "task-done-missing", "jobs", {"main"});
}

void take_and_tell(Jobs& jobs, Numbers& taken) {
  for (int i = 0; i < 2; ++i) taken.put(jobs.get());
}

void mark_what_is_told(Jobs& jobs, Numbers& taken) {
  for (int i = 0; i < 2; ++i) {
    taken.get();
    jobs.task_done();
  }
}

TEST(TaskDoneMissing, IsNoneWhenAnotherMarksTheItems) {
  expect_silence([] {
    Jobs jobs(0, {.name = "jobs"});
    Numbers taken(0, {.name = "taken"});
    auto taker = start<&take_and_tell>("taker", jobs, taken);
    auto marker = start<&mark_what_is_told>("marker", jobs, taken);
    for (int i = 0; i < 2; ++i) jobs.put(i);
    jobs.join();
    taker.join();
    marker.join();
  });
}

TEST(TaskDoneMissing, IsNoneWithDaemonsThatMarkEveryItem) {
  expect_silence([] {
    Jobs jobs(1, {.name = "jobs"});
    auto first = start_daemon<&work>("first", jobs);
    auto second = start_daemon<&work>("second", jobs);
    for (int i = 0; i < 3; ++i) jobs.put(i);
    jobs.join();
  });
}

}  // namespace
}  // namespace heddle
