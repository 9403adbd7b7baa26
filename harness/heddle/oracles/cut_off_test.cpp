// Processes that are terminated in the middle of something, and at points where it does no harm.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>
#include <variant>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using mp::Connection;
using Numbers = mp::Queue<int>;

constexpr std::size_t more_than_a_pipe_holds = 1'000'000;

void send_much(Connection& end) {
  end.send(std::string(more_than_a_pipe_holds, 'x'));
  mp::sleep(100s);
}

void terminate_a_sender() {
  auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pages"});
  auto worker = start<&send_much>("worker", pipe.second);
  mp::sleep(1s);  // it waits for room by now
  worker.terminate();
  worker.join();
}

TEST(CutOff, InTheMiddleOfAMessageThroughAPipe) {
  expect_finding(&terminate_a_sender, "terminated-mid-operation", "pages.sender", {"main", "worker"});
  const std::string sentence = sentence_of(&terminate_a_sender);
  EXPECT_TRUE(sentence.starts_with("worker was struck by main's worker.terminate(): it had written "))
      << sentence;
  EXPECT_TRUE(sentence.find(" bytes of pages.sender.send(") != std::string::npos) << sentence;
}

TEST(CutOff, IsHarmlessWhenTheMessageHasArrived) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pages"});
    auto worker = start<&send_much>("worker", pipe.second);
    static_cast<void>(pipe.first.recv<std::string>());
    worker.terminate();
    worker.join();
  });
}

void call_and_send(std::string door, std::size_t bytes) {
  mp::Connection line = mp::Client(door);
  line.send(std::string(bytes, 'x'));
  mp::sleep(100s);
}

// Accepts a call, and terminates the caller when it has written or waits for room.
template <std::size_t bytes, bool reads>
void terminate_a_caller() {
  mp::Listener door({}, {.name = "door"});
  mp::Process caller(mp::fn<&call_and_send>, mp::args(std::get<std::string>(door.address()), bytes),
                     {.name = "caller"});
  caller.start();
  mp::Connection line = door.accept();
  if (reads) static_cast<void>(line.recv<std::string>());
  mp::sleep(1s);
  caller.terminate();
  caller.join();
}

TEST(CutOff, InTheMiddleOfAMessageToWhoHasAccepted) {
  const Result result = explore(&terminate_a_caller<more_than_a_pipe_holds, false>, options_of(300));
  EXPECT_EQ(rules_of(result), Names{"terminated-mid-operation"});
}

TEST(CutOff, IsHarmlessWhenWhoHasAcceptedHasTheMessage) {
  expect_silence(&terminate_a_caller<more_than_a_pipe_holds, true>);
  expect_silence(&terminate_a_caller<10, false>);
}

void call_in_vain(std::string door) {
  mp::Connection line = mp::Client(door);
  try {
    line.send(std::string(more_than_a_pipe_holds, 'x'));
  } catch (const mp::OSError&) {
  }
  mp::sleep(100s);
}

TEST(CutOff, IsHarmlessWhereNobodyIsLeftToReadWhatACallerSends) {
  expect_silence([] {
    mp::Listener door({}, {.name = "door"});
    mp::Process caller(mp::fn<&call_in_vain>, mp::args(std::get<std::string>(door.address())),
                       {.name = "caller"});
    caller.start();
    {
      const mp::Connection line = door.accept();
      mp::sleep(1s);
    }
    caller.terminate();
    caller.join();
  });
}

TEST(CutOff, IsHarmlessWhereAProcessWaits) {
  expect_silence([] {
    Numbers tasks(0, {.name = "tasks"});
    mp::Lock lock({.name = "lock"});
    auto getter = start<[](Numbers& queue) { static_cast<void>(queue.get()); }>("getter", tasks);
    lock.acquire();
    auto taker = start<[](mp::Lock& wanted) { wanted.acquire(); }>("taker", lock);
    mp::sleep(1s);  // both wait by now
    getter.terminate();
    taker.terminate();
    lock.release();
    getter.join();
    taker.join();
  });
}

void terminate_a_putter() {
  mp::Queue<std::string> pages(0, {.name = "pages"});
  auto worker = start<[](mp::Queue<std::string>& queue) {
    queue.put(std::string(more_than_a_pipe_holds, 'x'));
    mp::sleep(100s);
  }>("worker", pages);
  mp::sleep(1s);  // its feeder waits for room by now
  worker.terminate();
  worker.join();
}

TEST(CutOff, InTheMiddleOfAMessageToAQueue) {
  expect_finding(&terminate_a_putter, "queue-holder-killed", "pages", {"main", "worker"});
  const std::string sentence = sentence_of(&terminate_a_putter);
  EXPECT_TRUE(sentence.starts_with("worker was struck by main's worker.terminate(): it had written "))
      << sentence;
  EXPECT_TRUE(sentence.find(" bytes of pages.put(") != std::string::npos) << sentence;
}

TEST(CutOff, InTheMiddleOfTakingAMessage) {
  expect_finding(
      [] {
        mp::Queue<std::string> pages(0, {.name = "pages"});
        pages.cancel_join_thread();  // where nothing is taken, main does not wait for its feeder
        pages.put(std::string(more_than_a_pipe_holds, 'x'));
        auto worker =
            start<[](mp::Queue<std::string>& queue) { static_cast<void>(queue.get()); }>("worker", pages);
        worker.kill();
        worker.join();
      },
      "queue-holder-killed", "pages", {"main", "worker"});
}

void count_up(mp::DictProxy<std::string, int>& counts) { counts.set("done", 1); }

TEST(CutOff, BetweenARequestToAManagerAndItsAnswer) {
  expect_finding(
      [] {
        mp::Manager manager;
        auto counts = manager.dict<std::string, int>("counts");
        auto worker = start<&count_up>("worker", counts);
        worker.kill();
        worker.join();
      },
      "terminated-mid-operation", "counts", {"main", "worker"});
}

TEST(CutOff, IsNoneOfAProcessThatIsJoined) {
  expect_silence([] {
    mp::Manager manager;
    auto counts = manager.dict<std::string, int>("counts");
    auto worker = start<&count_up>("worker", counts);
    worker.join();
  });
}

}  // namespace
}  // namespace heddle
