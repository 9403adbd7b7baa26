// Threads: what programs rely on of Python's threading besides multiprocessing. The contract has no rows of
// it.
#include <chrono>
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

void start_and_join() {
  mp::Thread thread([] {});
  check_throws<mp::RuntimeError>([&] { thread.join(); }, "join before the start");
  check(!thread.is_alive(), "alive before the start");
  thread.start();
  check_throws<mp::RuntimeError>([&] { thread.start(); }, "a thread was started twice");
  check_throws<mp::RuntimeError>([&] { thread.set_daemon(true); }, "daemon set after the start");
  thread.join();
  thread.join();
  check(!thread.is_alive(), "alive after the join");
}

void join_in_time() {
  mp::Semaphore finish(0);
  mp::Thread thread([&] { finish.acquire(); });
  thread.start();
  thread.join(0s);
  thread.join(0.01s);
  check(thread.is_alive(), "a thread ended early");
  finish.release();
  thread.join();
}

void join_while_it_is_started() {
  mp::Semaphore step(1);
  bool done = false;
  mp::Thread thread([&] {
    step.acquire();
    done = true;
  });
  mp::Thread joiner([&] {
    try {
      thread.join();
    } catch (const mp::RuntimeError&) {  // not started yet
      return;
    }
    check(done, "a join came back before the thread had ended");
  });
  joiner.start();
  thread.start();
  thread.join();
  check(done, "a join came back before the thread had ended, for its starter");
  joiner.join();
}

void starts_once_for_all_threads() {
  mp::Semaphore runs(0);
  mp::Thread thread([&] { runs.release(); });
  mp::Semaphore refusals(0);
  const auto start = [&] {
    try {
      thread.start();
    } catch (const mp::RuntimeError&) {
      refusals.release();
    }
  };
  mp::Thread other(start);
  other.start();
  start();
  other.join();
  thread.join();
  check(refusals.acquire(false) && !refusals.acquire(false), "two threads started one thread");
  check(runs.acquire(false) && !runs.acquire(false), "a thread ran twice, or not at all");
}

void names_and_daemons() {
  mp::Thread first([] {});
  mp::Thread second([] {});
  check(first.name() == "Thread-1" && second.name() == "Thread-2", "names count creations");
  check(!first.daemon() && mp::current_thread_name() == "MainThread", "the first thread");
  std::string inside;
  bool is_daemon = false;
  mp::Thread named(
      [&] {
        inside = mp::current_thread().name();
        is_daemon = mp::Thread([] {}).daemon();
      },
      {.name = "named", .daemon = true});
  named.start();
  named.join();
  check(inside == "named" && is_daemon, "a thread takes after the one that made it");
}

void lists_threads() {
  mp::Semaphore finish(0);
  mp::Thread one([&] { finish.acquire(); }, {.name = "one"});
  mp::Thread two([] {}, {.name = "two"});
  one.start();
  two.start();
  two.join();
  const std::vector<mp::ThreadHandle> active = mp::active_threads();
  check(active.size() == 2 && active[0] == mp::current_thread() && active[1] == one, "the wrong threads");
  finish.release();
  one.join();
  check(mp::active_thread_count() == 1, "a thread is active after its end");
}

void threads_end_alone() {
  mp::Thread leaver([] { mp::exit(3); });
  leaver.start();
  leaver.join();
  check(!leaver.is_alive(), "a thread that left is alive");
}

const Row rows[] = {
    {"threads", "a thread starts once and is joined any number of times", &start_and_join},
    {"threads", "join waits for as long as it is told", &join_in_time},
    {"threads", "join comes back after the end, even while another starts the thread",
     &join_while_it_is_started},
    {"threads", "of several threads that start a thread one does", &starts_once_for_all_threads},
    {"threads", "threads have names and take after their maker", &names_and_daemons},
    {"threads", "active_threads are the first and those that have not ended", &lists_threads},
    {"threads", "an exit ends its thread only", &threads_end_alone},
};

HEDDLE_CONTRACT_ROWS(Thread, rows);

}  // namespace
}  // namespace heddle::trial
