// Order that a sleep alone makes, with its twins: order by joins, results, events and locks, and polling.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;
using namespace std::chrono_literals;

const Names rule{"sleep-as-synchronisation"};

Names found(void (*program)(), TimeMode time = TimeMode::maximal) {
  Options options = options_of(300);
  options.run.time = time;
  return rules_of(explore(program, options));
}

void fill(mp::Value<int>& value) { value.value() = 5; }
void fill_dict(mp::DictProxy<int, int>& dict) { dict.set(1, 5); }
void put_one(mp::Queue<int>& queue) { queue.put(1); }

TEST(SleepAsSynchronisation, OfAReaderThatSleepsFirst) {
  const Result result = explore(
      [] {
        mp::Value<int> value(0, {.name = "value"});
        auto writer = start<&fill>("writer", value);
        mp::sleep(1s);
        outcome(value.value());
        writer.join();
      },
      options_of(300));
  ASSERT_EQ(rules_of(result), rule);
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.object, "value");
  EXPECT_EQ(finding.harm, Harm::predicted);
  EXPECT_EQ(finding.severity, Severity::warning);
  ASSERT_EQ(finding.parties.size(), 3U);
  EXPECT_EQ(finding.parties[0].who, "writer");
  EXPECT_EQ(finding.parties[1].operation, "sleep()");
  EXPECT_EQ(finding.parties[2].who, "main");
}

TEST(SleepAsSynchronisation, OfManagedDataAndOfTwoSleepers) {
  EXPECT_EQ(found([] {
              mp::Manager manager;
              auto dict = manager.dict<int, int>("dict");
              auto writer = start<&fill_dict>("writer", dict);
              mp::sleep(1s);
              outcome(dict.get(1, 0));
              writer.join();
            }),
            rule);
  EXPECT_EQ(found([] {
              mp::Value<int> value(0, {.name = "value"});
              auto early = start_thread("early", [&] {
                mp::sleep(1s);
                value.value() = 1;
              });
              mp::sleep(2s);
              outcome(value.value());
              early.join();
            }),
            rule);
}

TEST(SleepAsSynchronisation, OfAQueueThatIsLookedAtAfterASleep) {
  EXPECT_EQ(found([] {
              mp::Queue<int> queue(0, {.name = "queue"});
              auto writer = start<&put_one>("writer", queue);
              mp::sleep(1s);
              outcome(queue.qsize());
              writer.join();
              queue.get();
            }),
            rule);
}

TEST(SleepAsSynchronisation, OfATaskThatIsStartedAfterTheSleep) {
  EXPECT_EQ(found([] {
              mp::Value<int> value(0, {.name = "value"});
              auto writer = start<&fill>("writer", value);
              mp::sleep(1s);
              auto reader = start_thread("reader", [&] { outcome(value.value()); });
              reader.join();
              writer.join();
            }),
            rule);
}

// Somebody else, who began earlier, sleeps on.
TEST(SleepAsSynchronisation, OfTheSleepThatIsOver) {
  const Result result = explore(
      [] {
        mp::Value<int> value(0, {.name = "value"});
        mp::Value<int> other(0, {.name = "other"});
        auto longer = start_thread("longer", [] { mp::sleep(5s); });
        mp::sleep(1s);
        other.value() = 1;
        auto writer = start<&fill>("writer", value);
        mp::sleep(1s);
        outcome(value.value());
        writer.join();
        longer.join();
      },
      options_of(300));
  ASSERT_EQ(rules_of(result), rule);
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.parties.at(0).who, "writer");
  EXPECT_EQ(finding.parties.at(1).who, "main");
  EXPECT_EQ(finding.parties.at(2).who, "main");
}

// Polling excuses the looks of that place alone.
TEST(SleepAsSynchronisation, OfALateLookBesidePolling) {
  const Names rules = found([] {
    mp::Value<int> value(0, {.name = "value"});
    auto writer = start<&fill>("writer", value);
    mp::sleep(1s);
    for (int i = 0; i < 3; ++i) outcome(value.value());
    outcome(value.value());
    writer.join();
  });
  EXPECT_EQ(rules, rule);
}

TEST(SleepAsSynchronisation, OfAnEarlyLookBesidePolling) {
  const Result result = explore(
      [] {
        mp::Value<int> value(0, {.name = "value"});
        auto poller = start_thread("poller", [&] {
          for (int i = 0; i < 3; ++i) static_cast<void>(static_cast<int>(value.value()));
        });
        poller.join();
        auto reader = start_thread("reader", [&] { outcome(value.value()); });
        mp::sleep(1s);
        value.value() = 1;
        value.value() = 2;
        reader.join();
      },
      options_of(300));
  ASSERT_EQ(rules_of(result), rule);
  EXPECT_EQ(std::get<Failed>(result.verdict).failures.at(0).finding.parties.at(0).who, "main/reader");
}

TEST(SleepAsSynchronisation, OfElementsThatAreReadInALoop) {
  EXPECT_EQ(found([] {
              mp::Array<int> lines(2, {.name = "lines"});
              auto writer = start<[](mp::Array<int>& own) { own[0] = own[1] = 1; }>("writer", lines);
              mp::sleep(1s);
              int sum = 0;
              for (int i = 0; i < 2; ++i) sum += lines[i];
              outcome(sum);
              writer.join();
            }),
            rule);
}

TEST(SleepAsSynchronisation, OfAQueueThatIsDrainedAfterASleep) {
  EXPECT_EQ(found([] {
              mp::Queue<int> queue(0, {.name = "queue"});
              auto writer = start<[](mp::Queue<int>& own) {
                own.put(1);
                own.put(2);
              }>("writer", queue);
              mp::sleep(1s);
              int sum = 0;
              while (!queue.empty()) sum += queue.get();
              outcome(sum);
              writer.join();
            }),
            rule);
}

TEST(SleepAsSynchronisation, IsSilentIfTheWriterIsJoined) {
  expect_silence([] {
    mp::Value<int> value(0, {.name = "value"});
    auto writer = start<&fill>("writer", value);
    mp::sleep(1s);
    writer.join();
    check(value.value() == 5, "the value is there");
  });
}

void fill_and_tell(mp::Value<int>& value, mp::Event& is_there) {
  value.value() = 5;
  is_there.set();
}

TEST(SleepAsSynchronisation, IsSilentIfAnEventOrdersThem) {
  expect_silence([] {
    mp::Value<int> value(0, {.name = "value"});
    mp::Event is_there;
    auto writer = start<&fill_and_tell>("writer", value, is_there);
    mp::sleep(1s);
    is_there.wait();
    check(value.value() == 5, "the value is there");
    writer.join();
  });
}

// What was written after the sleep would have been written after a shorter one too.
TEST(SleepAsSynchronisation, IsSilentAboutWhatComesBehindTheSleep) {
  expect_silence([] {
    mp::Value<int> value(0, {.name = "value"});
    mp::sleep(1s);
    auto writer = start<&fill>("writer", value);
    outcome(value.value());
    writer.join();
  });
}

// Who waits for something else knows of nobody's sleep.
TEST(SleepAsSynchronisation, IsSilentIfSomebodyElseSleeps) {
  expect_silence([] {
    mp::Value<int> value(0, {.name = "value"});
    mp::Event never({.name = "never"});
    auto sleeper = start_thread("sleeper", [] { mp::sleep(1s); });
    auto writer = start<&fill>("writer", value);
    never.wait(2s);
    outcome(value.value());
    writer.join();
    sleeper.join();
  });
}

TEST(SleepAsSynchronisation, IsSilentAboutPolling) {
  expect_silence([] {
    mp::Value<int> value(0, {.name = "value"});
    auto writer = start_thread("writer", [&] {
      mp::sleep(3s);
      value.value() = 1;
    });
    while (value.value() == 0) mp::sleep(1s);
    writer.join();
  });
  expect_silence([] {
    mp::Queue<int> queue(0, {.name = "queue"});
    auto writer = start<&put_one>("writer", queue);
    while (queue.empty()) mp::sleep(1s);
    check(queue.get() == 1, "the item is there");
    writer.join();
  });
  expect_silence([] {
    mp::Array<int> lines(2, {.name = "lines"});
    auto writer = start_thread("writer", [&] {
      mp::sleep(3s);
      lines[1] = 1;
    });
    while (lines[0] + lines[1] == 0) mp::sleep(1s);
    writer.join();
  });
  expect_silence([] {
    mp::Queue<int> queue(0, {.name = "queue"});
    auto writer = start<[](mp::Queue<int>& own) {
      mp::sleep(2s);
      own.put(1);
      mp::sleep(2s);
      own.put(2);
    }>("writer", queue);
    for (int items = 0; items < 2;) {
      if (queue.empty()) {
        mp::sleep(1s);
        continue;
      }
      items += static_cast<int>(queue.get() > 0);
    }
    writer.join();
  });
}

// That it looks again is seen only where it comes too early, which is in few executions.
TEST(SleepAsSynchronisation, IsSilentAboutPollingThatSleepsFirst) {
  EXPECT_EQ(rules_of(explore(
                [] {
                  mp::Value<int> value(0, {.name = "value"});
                  auto writer = start<&fill>("writer", value);
                  do mp::sleep(2s);
                  while (value.value() == 0);
                  writer.join();
                },
                options_of(500))),
            Names{});
  EXPECT_EQ(rules_of(explore(
                [] {
                  mp::Queue<int> queue(0, {.name = "queue"});
                  auto writer = start<&put_one>("writer", queue);
                  do mp::sleep(2s);
                  while (queue.empty());
                  check(queue.get() == 1, "the item is there");
                  writer.join();
                },
                options_of(500))),
            Names{});
}

TEST(SleepAsSynchronisation, IsSilentAboutWorkThatTakesItsTime) {
  expect_silence([] {
    mp::Queue<int> queue(0, {.name = "queue"});
    auto other = start_thread("other", [&] {
      mp::sleep(1s);
      queue.put(1);
    });
    mp::sleep(1s);
    queue.put(2);
    check(queue.get() + queue.get() == 3, "both come");
    other.join();
  });
}

using Log = mp::ListProxy<int>;

void log_twice(Log& log) {
  log.append(1);
  mp::sleep(1s);
  log.append(2);
}

// Who comes later in the list is nothing that either relies on.
TEST(SleepAsSynchronisation, IsSilentAboutAppendsByTasksThatSleep) {
  expect_silence([] {
    mp::Manager manager;
    Log log = manager.list<int>("log");
    auto first = start<&log_twice>("first", log);
    auto second = start<&log_twice>("second", log);
    first.join();
    second.join();
    check(log.size() == 4, "all are there");
  });
}

TEST(SleepAsSynchronisation, OfAPopBehindAnAppend) {
  EXPECT_EQ(found([] {
              mp::Manager manager;
              Log log = manager.list<int>("log");
              auto writer = start<[](Log& shared) { shared.append(1); }>("writer", log);
              mp::sleep(1s);
              outcome(log.pop());
              writer.join();
            }),
            rule);
}

}  // namespace
}  // namespace heddle
