// Ten threads that know their names and are listed while they run; and what threads share that processes do
// not: the threads' variable is main's own, the process works on a copy.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>
#include <vector>

namespace heddle::tutorial {
namespace {

constexpr int threads_max = 10;

void count_on(int counted) { check(++counted == threads_max + 1, "a process gets a copy of the value"); }

void body() {
  check(mp::current_thread().name() == "MainThread", "main runs in the first thread");
  mp::Lock lock({.name = "lock"});
  mp::Semaphore finish(0, {.name = "finish"});
  int counted = 0;
  std::vector<mp::Thread> threads;
  for (int i = 1; i <= threads_max; ++i) {
    threads.emplace_back([&, name = "Thread-" + std::to_string(i)] {
      check(mp::current_thread().name() == name, "a thread knows its name");
      {
        const mp::With held(lock);
        ++counted;
      }
      finish.acquire();
    });
  }
  for (mp::Thread& thread : threads) thread.start();
  check(mp::active_thread_count() == threads_max + 1, "all threads and the first one are active");
  check(mp::active_threads().back().name() == "Thread-10", "threads are listed oldest first");
  for (int i = 0; i < threads_max; ++i) finish.release();
  for (mp::Thread& thread : threads) thread.join();
  check(mp::active_thread_count() == 1, "joined threads are not active");
  check(counted == threads_max, "threads change one variable");
  mp::Process process(mp::fn<&count_on>, mp::args(counted));
  process.start();
  process.join();
  check(counted == threads_max, "a process changes a copy");
}

}  // namespace

Scenario threads_basics() {
  return {.name = "tutorial/threads-basics",
          .summary = "ten threads listed while they run; they change one variable, a process changes a copy",
          .body = &body};
}

}  // namespace heddle::tutorial
