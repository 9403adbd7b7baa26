// Readers that wait for an end of file which an open copy of the sending end holds off, whoever has it and
// however it came by it; and readers that only have to be patient.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using mp::Connection;
using Numbers = mp::Queue<int>;

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
  expect_finding(
      [] {
        auto pipe = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        auto producer = start<&send_two>("producer", pipe.second);
        read_to_end(pipe.first);
        producer.join();
      },
      "pipe-end-left-open", "numbers.receiver", {"main"});
}

TEST(EndLeftOpen, ByMainOnADuplexPipe) {
  expect_finding(
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
  expect_finding(
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
  expect_finding(
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
  expect_finding(
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
