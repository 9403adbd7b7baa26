// Processes that are terminated in the middle of something, and at points where it does no harm.
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

void work_slowly(Numbers& tasks, Numbers& results) {
  while (true) {
    const int task = tasks.get();
    mp::sleep(10s);
    results.put(task);
  }
}

void end_early() {
  Numbers tasks(0, {.name = "tasks"});
  Numbers results(0, {.name = "results"});
  auto worker = start_daemon<&work_slowly>("worker", tasks, results);
  tasks.put(7);
  mp::sleep(1s);
}

TEST(DaemonWorkLost, WhenMainEndsWhileItWorks) {
  expect_finding(&end_early, "daemon-work-lost", "tasks", {"main", "worker"});
  EXPECT_EQ(sentence_of(&end_early),
            "worker was stopped when main ended: it had got 7 by tasks.get() and done nothing with it yet");
}

TEST(DaemonWorkLost, IsNoneWhenMainWaitsForTheResults) {
  expect_silence([] {
    Numbers tasks(0, {.name = "tasks"});
    Numbers results(0, {.name = "results"});
    auto first = start_daemon<&work_slowly>("first", tasks, results);
    auto second = start_daemon<&work_slowly>("second", tasks, results);
    for (int i = 0; i < 2; ++i) tasks.put(i);
    for (int i = 0; i < 2; ++i) static_cast<void>(results.get());
  });
}

TEST(DaemonWorkLost, IsNoneWhenMainJoinsTheQueue) {
  expect_silence([] {
    mp::JoinableQueue<int> tasks(0, {.name = "tasks"});
    auto worker = start_daemon<[](mp::JoinableQueue<int>& queue) {
      while (true) {
        static_cast<void>(queue.get());
        mp::sleep(10s);
        queue.task_done();
      }
    }>("worker", tasks);
    for (int i = 0; i < 2; ++i) tasks.put(i);
    tasks.join();
  });
}

void get_for_ever(Numbers& tasks) {
  while (true) static_cast<void>(tasks.get());
}

TEST(DaemonWorkLost, IsNoneOfIdleWorkers) {
  expect_silence([] {
    Numbers tasks(0, {.name = "tasks"});
    auto first = start_daemon<&get_for_ever>("first", tasks);
    auto second = start_daemon<&get_for_ever>("second", tasks);
    for (int i = 0; i < 3; ++i) tasks.put(i);
    mp::sleep(1s);
  });
}

void put_much(mp::Queue<std::string>& pages) {
  pages.put(std::string(more_than_a_pipe_holds, 'x'));
  mp::sleep(100s);
}

void read_later(mp::Queue<std::string>& pages) {
  mp::sleep(10s);
  try {
    static_cast<void>(pages.get());
  } catch (const mp::OwnerDied&) {
    outcome("torn");
  }
}

TEST(DaemonWorkLost, WhenItHasWrittenHalfAMessageThatSomebodyWillRead) {
  expect_finding(
      [] {
        mp::Queue<std::string> pages(0, {.name = "pages"});
        auto reader = start<&read_later>("reader", pages);
        auto writer = start_daemon<&put_much>("writer", pages);
        mp::sleep(1s);
      },
      "daemon-work-lost", "pages", {"main", "writer"});
}

TEST(DaemonWorkLost, IsNoneWhenNobodyIsLeftToReadTheMessage) {
  expect_silence([] {
    mp::Queue<std::string> pages(0, {.name = "pages"});
    auto writer = start_daemon<&put_much>("writer", pages);
    mp::sleep(1s);
  });
}

}  // namespace
}  // namespace heddle
