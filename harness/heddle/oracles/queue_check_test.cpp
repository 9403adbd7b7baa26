// Decisions by empty(), full() and qsize() that another task may make wrong, with their twins.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;

const std::string rule = "stale-queue-check";

/// The first finding, which is of the rule alone.
Finding the_finding(void (*program)()) {
  const Result result = explore(program, options_of(1'000));
  EXPECT_EQ(rules_of(result), Names{rule});
  const auto* failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr ? Finding{} : failed->failures.at(0).finding;
}

void put_three(mp::Queue<int>& queue) {
  for (int item = 0; item < 3; ++item) queue.put(item);
}
void get_while_there_is_something(mp::Queue<int>& queue) {
  while (!queue.empty()) queue.get();
}
void get_one_if_there(mp::Queue<int>& queue) {
  if (queue.empty()) return;
  try {
    queue.get_nowait();
  } catch (const mp::Empty&) {
    outcome("somebody else was quicker");
  }
}

TEST(StaleQueueCheck, OfAReaderThatStopsWhileItsWriterIsAtWork) {
  const Finding finding = the_finding([] {
    mp::Queue<int> queue(0, {.name = "queue"});
    auto writer = start<&put_three>("writer", queue);
    auto reader = start<&get_while_there_is_something>("reader", queue);
    writer.join();
    reader.join();
  });
  EXPECT_EQ(finding.object, "queue");
  EXPECT_EQ(finding.harm, Harm::seen);
  EXPECT_EQ(finding.severity, Severity::warning);
  ASSERT_EQ(finding.parties.size(), 2U);
  EXPECT_EQ(finding.parties[0].who, "reader");
  EXPECT_EQ(finding.parties[1].who, "writer");
}

TEST(StaleQueueCheck, OfAReaderThatGetsAsManyAsThereAre) {
  const Finding finding = the_finding([] {
    mp::Queue<int> queue(0, {.name = "queue"});
    auto writer = start<&put_three>("writer", queue);
    for (int left = queue.qsize(); left > 0; --left) queue.get();
    writer.join();
  });
  EXPECT_EQ(finding.harm, Harm::seen);
  EXPECT_EQ(finding.parties.at(0).operation, "queue.qsize()");
}

TEST(StaleQueueCheck, OfTwoGettersWhoSeeOneItem) {
  const Finding finding = the_finding([] {
    mp::Queue<int> queue(0, {.name = "queue"});
    auto writer = start<&put_three>("writer", queue);
    writer.join();
    queue.get();
    queue.get();
    auto one = start<&get_one_if_there>("one", queue);
    auto other = start<&get_one_if_there>("other", queue);
    one.join();
    other.join();
  });
  EXPECT_EQ(finding.harm, Harm::seen);
  EXPECT_EQ(finding.parties.size(), 3U);
}

TEST(StaleQueueCheck, OfTwoPuttersWhoSeeOnePlace) {
  const Finding finding = the_finding([] {
    mp::Manager manager;
    const auto queue = manager.Queue<int>(1, "queue");
    const auto put_if_there_is_room = [&] {
      if (queue.full()) return;
      try {
        queue.put_nowait(1);
      } catch (const mp::Full&) {
        outcome("somebody else was quicker");
      }
    };
    auto other = start_thread("other", put_if_there_is_room);
    put_if_there_is_room();
    other.join();
  });
  EXPECT_EQ(finding.harm, Harm::seen);
}

TEST(StaleQueueCheck, IsSilentIfTheWriterHasEnded) {
  expect_silence([] {
    mp::Queue<int> queue(0, {.name = "queue"});
    start<&put_three>("writer", queue).join();
    auto reader = start<&get_while_there_is_something>("reader", queue);
    reader.join();
  });
}

TEST(StaleQueueCheck, IsSilentIfThereIsOneGetterWhoLooksAgain) {
  expect_silence([] {
    mp::Queue<int> queue(0, {.name = "queue"});
    auto writer = start<&put_three>("writer", queue);
    for (int got = 0; got < 3;) {
      if (queue.empty()) continue;
      check(queue.get() == got++, "in order");
    }
    writer.join();
  });
}

TEST(StaleQueueCheck, IsSilentAboutALookThatDecidesNothing) {
  expect_silence([] {
    mp::Queue<int> queue(0, {.name = "queue"});
    auto writer = start<&put_three>("writer", queue);
    outcome(queue.qsize());
    for (int item = 0; item < 3; ++item) check(queue.get() == item, "in order");
    writer.join();
    check(queue.empty(), "all have come");
  });
}

void answer(mp::Queue<int>& asked, mp::Queue<int>& answered) {
  asked.get();
  answered.put(1);
}

TEST(StaleQueueCheck, IsSilentAboutAPutThatComesOfTheCheck) {
  expect_silence([] {
    mp::Queue<int> asked;
    mp::Queue<int> answered(0, {.name = "queue"});
    auto other = start<&answer>("other", asked, answered);
    check(answered.empty(), "nobody has asked");
    asked.put(1);
    check(answered.get() == 1, "the answer");
    other.join();
  });
}

}  // namespace
}  // namespace heddle
