// A producer whose items do not fit the pipe, joined before and after they are got.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle::trial {
namespace {

constexpr std::size_t more_than_a_pipe_holds = 100'000;

void put_much(mp::Queue<std::string>& results) { results.put(std::string(more_than_a_pipe_holds, 'x')); }
void put_little(mp::Queue<std::string>& results) { results.put("x"); }

void join_first() {
  mp::Queue<std::string> results(0, {.name = "results"});
  const mp::Process producer = start<&put_much>("producer", results);
  producer.join();
  results.get();
}

TEST(JoinBeforeDrain, IsToldOfAProducerThatCannotFlush) {
  expect_finding(&join_first, "join-before-drain", "results", {"main", "producer"});
}

void wait_for_its_end_first() {
  mp::Queue<std::string> results(0, {.name = "results"});
  const mp::Process producer = start<&put_much>("producer", results);
  mp::wait({producer.sentinel()});
  results.get();
}

TEST(JoinBeforeDrain, IsToldOfOneThatWaitsForASentinel) {
  expect_finding(&wait_for_its_end_first, "join-before-drain", "results", {"main", "producer"});
  EXPECT_TRUE(sentence_of(&wait_for_its_end_first).starts_with("main joins producer, which cannot end"))
      << sentence_of(&wait_for_its_end_first);
}

void wait_for_either_first() {
  mp::Queue<std::string> results(0, {.name = "results"});
  const mp::Process one = start<&put_much>("one", results);
  const mp::Process other = start<&put_much>("other", results);
  mp::wait({one.sentinel(), other.sentinel()});
  results.get();
  results.get();
}

TEST(JoinBeforeDrain, IsToldOfOneThatWaitsForTheFirstOfTwoToEnd) {
  expect_finding(&wait_for_either_first, "join-before-drain", "results", {"main", "one", "other"});
  EXPECT_TRUE(sentence_of(&wait_for_either_first).starts_with("main joins one, which cannot end"))
      << sentence_of(&wait_for_either_first);
}

void leave_it_to_the_exit_sequence() {
  mp::Queue<std::string> results(0, {.name = "results"});
  const mp::Process producer = start<&put_much>("producer", results);
}

// Found at once or when main joins, depending on whether main has given the queue up by then.
TEST(JoinBeforeDrain, IsToldWhenTheExitSequenceJoins) {
  EXPECT_EQ(rules_of(explore(&leave_it_to_the_exit_sequence, options_of(300))), Names{"join-before-drain"});
}

TEST(JoinBeforeDrain, IsSilentWhenTheItemsAreGotFirst) {
  expect_silence([] {
    mp::Queue<std::string> results(0, {.name = "results"});
    const mp::Process producer = start<&put_much>("producer", results);
    results.get();
    producer.join();
  });
}

TEST(JoinBeforeDrain, IsSilentWhenThePipeHoldsTheItems) {
  expect_silence([] {
    mp::Queue<std::string> results(0, {.name = "results"});
    const mp::Process producer = start<&put_little>("producer", results);
    producer.join();
    results.get();
  });
}

void get_one(mp::Queue<std::string>& results) { results.get(); }

TEST(JoinBeforeDrain, IsSilentWhenSomebodyElseGets) {
  expect_silence([] {
    mp::Queue<std::string> results(0, {.name = "results"});
    const mp::Process consumer = start<&get_one>("consumer", results);
    const mp::Process producer = start<&put_much>("producer", results);
    producer.join();
    consumer.join();
  });
}

// A worker that gave up on what it has put does not hang, whatever was lost.
TEST(JoinBeforeDrain, IsSilentWhenTheProducerCancelsTheJoin) {
  expect_silence([] {
    mp::Queue<std::string> results(0, {.name = "results"});
    mp::Process producer(mp::fn<[](mp::Queue<std::string>& queue) {
                           queue.cancel_join_thread();
                           put_much(queue);
                         }>,
                         mp::args(results), {.name = "producer"});
    producer.start();
    producer.join();
  });
}

}  // namespace
}  // namespace heddle::trial
