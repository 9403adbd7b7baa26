// Event: the rows EVT-* of the contract. EVT-06 needs real signals: lib/mp/sync/event_test.cpp.
#include <chrono>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

void set_and_clear_change_the_flag() {
  mp::Event event;
  check(!event.is_set(), "a new event is set");
  event.set();
  event.set();
  check(event.is_set(), "set did not set");
  event.clear();
  event.clear();
  check(!event.is_set(), "clear did not clear");
}

void wait_gives_what_the_flag_is() {
  mp::Event event;
  check(!event.wait(0s) && !event.wait(-1s) && !event.wait(0.005s), "wait for a clear flag gave True");
  event.set();
  check(event.wait() && event.wait(0s) && event.wait(-1s), "wait for a set flag gave False");
}

void wait_and_count(mp::Event& event, mp::Semaphore& here, mp::Semaphore& released) {
  here.release();
  if (event.wait()) released.release();
}

struct Waiters {
  mp::Event& event;
  mp::Semaphore here{0};
  mp::Semaphore released{0};
  std::vector<mp::Process> processes = {};

  void add(int count) {
    for (int i = 0; i < count; ++i)
      processes.push_back(start<&wait_and_count>("waiter", event, here, released));
    for (int i = 0; i < count; ++i) here.acquire();
  }
  void join() {
    for (mp::Process& process : processes) process.join();
  }
};

void set_releases_all() {
  mp::Event event;
  Waiters waiters{event};
  waiters.add(3);
  event.set();
  waiters.join();
  check(waiters.released.get_value() == 3, "a waiter gave False");
}

// The flag is set for moments only: whoever looks at it again after being released finds it clear.
void released_waiter_gives_true_though_the_flag_is_clear_again() {
  mp::Event event;
  mp::Semaphore returned(0);
  bool gave = false;
  mp::Thread waiter = start_thread("waiter", [&] {
    gave = event.wait();
    returned.release();
  });
  do {
    event.set();
    event.clear();
  } while (!returned.acquire(true, 0.001s));
  waiter.join();
  check(gave, "a released waiter gave False");
  check(!event.is_set(), "the flag is not clear");
}

void killed_waiter_hangs_nobody() {
  mp::Event event;
  Waiters waiters{event};
  waiters.add(1);
  waiters.processes[0].kill();
  waiters.join();
  waiters.add(1);
  event.set();
  waiters.join();
  check(waiters.released.get_value() == 1, "the live waiter was not released");
  event.clear();
  event.set();
}

void does_not_cross_in_a_message() {
  auto [a, b] = mp::Pipe();
  mp::Event event;
  check_throws<mp::RuntimeError>([&] { a.send(event); }, "an Event was sent through a pipe");
}

const Row rows[] = {
    {"EVT-01", "set and clear change the flag, once or more often", &set_and_clear_change_the_flag},
    {"EVT-02", "wait gives True if the flag is set in time", &wait_gives_what_the_flag_is},
    {"EVT-03", "set releases all who wait", &set_releases_all},
    {"EVT-04", "a waiter that was released gives True though the flag is clear again",
     &released_waiter_gives_true_though_the_flag_is_clear_again},
    {"EVT-05", "a waiter that was killed hangs neither set nor other waiters", &killed_waiter_hangs_nobody},
    {"LOCK-08", "an Event is handed over at the birth of a process only", &does_not_cross_in_a_message},
};

HEDDLE_CONTRACT_ROWS(Event, rows);

}  // namespace
}  // namespace heddle::trial
