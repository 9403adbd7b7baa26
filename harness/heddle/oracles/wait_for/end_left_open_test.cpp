// Readers that wait for an end of file which an open copy of the sending end holds off, whoever has it and
// however it came by it; and readers that only have to be patient.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <set>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using mp::Connection;
using Names = std::set<std::string>;
using Numbers = mp::Queue<int>;

Options options_of(std::uint64_t executions) {
  return {.budget = {.executions = executions}, .findings_max = 8};
}

// The rules found; how the exploration went wrong, if it did.
Names rules_of(const Result& result) {
  Names rules;
  if (const auto* failed = std::get_if<Failed>(&result.verdict))
    for (const Failure& failure : failed->failures) rules.insert(failure.finding.rule);
  if (const auto* broken = std::get_if<Broken>(&result.verdict)) rules.insert(broken->why);
  if (const auto* gave_up = std::get_if<GaveUp>(&result.verdict)) rules.insert(gave_up->why);
  return rules;
}

void expect_silence(void (*program)()) { EXPECT_EQ(rules_of(explore(program, options_of(500))), Names{}); }

// Exactly this rule, about this object, with these parties.
void expect_stuck(void (*program)(), const std::string& rule, const std::string& object,
                  const Names& parties) {
  const Result result = explore(program, options_of(200));
  ASSERT_EQ(rules_of(result), Names{rule});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.object, object) << finding.sentence;
  EXPECT_EQ(finding.harm, Harm::seen);
  Names who;
  for (const Party& party : finding.parties) who.insert(party.who);
  EXPECT_EQ(who, parties) << finding.sentence;
}

template <auto target, class... A>
mp::Process start(std::string_view name, A&... arguments) {
  mp::Process process(mp::fn<target>, mp::args(arguments...), {.name = name});
  process.start();
  return process;
}

void read_to_end(Connection& end) {
  try {
    while (true) static_cast<void>(end.recv<int>());
  } catch (const mp::EOFError&) {
    end.close();
  }
}

void send_two(Connection& end) {
  for (int i = 0; i < 2; ++i) end.send(i);
}

TEST(EndLeftOpen, ByMainThatReadsItself) {
  expect_stuck(
      [] {
        auto pipe = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        auto producer = start<&send_two>("producer", pipe.second);
        read_to_end(pipe.first);
        producer.join();
      },
      "pipe-end-left-open", "numbers.receiver", {"main"});
}

TEST(EndLeftOpen, ByMainOnADuplexPipe) {
  expect_stuck(
      [] {
        auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
        auto producer = start<&send_two>("producer", pipe.second);
        producer.join();
        read_to_end(pipe.first);
      },
      "pipe-end-left-open", "talk.a", {"main"});
}

void wait_for_go(mp::Semaphore& go) { go.acquire(); }

TEST(EndLeftOpen, ByASiblingThatInheritedIt) {
  expect_stuck(
      [] {
        auto pipe = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        mp::Semaphore go(0, {.name = "go"});
        auto sibling = start<&wait_for_go>("sibling", go);
        auto producer = start<&send_two>("producer", pipe.second);
        pipe.second.close();
        read_to_end(pipe.first);
        go.release();
        producer.join();
        sibling.join();
      },
      "pipe-end-left-open", "numbers.receiver", {"main", "sibling"});
}

void read_and_report(Connection& end, Connection&, Numbers& done) {  // the plant: it is given both ends
  read_to_end(end);
  done.put(1);
}

TEST(EndLeftOpen, ByAReaderThatWasGivenBothEnds) {
  expect_stuck(
      [] {
        auto pipe = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        Numbers done(0, {.name = "done"});
        auto reader = start<&read_and_report>("reader", pipe.first, pipe.second, done);
        send_two(pipe.second);
        pipe.second.close();
        done.get();
        reader.join();
      },
      "pipe-end-left-open", "numbers.receiver", {"main", "reader"});
}

TEST(EndLeftOpen, ByMainThatWaitsForTheReadersResult) {
  expect_stuck(
      [] {
        auto pipe = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        Numbers done(0, {.name = "done"});
        auto producer = start<&send_two>("producer", pipe.second);
        auto reader = start<[](Connection& end, Numbers& result) {
          read_to_end(end);
          result.put(1);
        }>("reader", pipe.first, done);
        done.get();
        producer.join();
        reader.join();
      },
      "pipe-end-left-open", "numbers.receiver", {"main", "reader"});
}

TEST(EndLeftOpen, IsNoneWhenEveryCopyIsClosed) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
    auto producer = start<&send_two>("producer", pipe.second);
    auto reader = start<[](Connection& end, Connection& other) {
      other.close();
      read_to_end(end);
    }>("reader", pipe.first, pipe.second);
    pipe.second.close();
    producer.join();
    reader.join();
  });
}

TEST(EndLeftOpen, IsNoneWhenASiblingThatInheritedItEnds) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
    auto sibling = start<[] { mp::sleep(1s); }>("sibling");
    auto producer = start<&send_two>("producer", pipe.second);
    pipe.second.close();
    read_to_end(pipe.first);
    producer.join();
    sibling.join();
  });
}

}  // namespace
}  // namespace heddle
