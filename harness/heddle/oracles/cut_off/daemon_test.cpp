// Daemons that main ends in the middle of their work.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using Numbers = mp::Queue<int>;

constexpr std::size_t more_than_a_pipe_holds = 1'000'000;

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
