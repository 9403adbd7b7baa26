// Waiting for a lock whose holder is gone.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>
#include <stdexcept>

namespace heddle::misuse {
namespace {

using std::chrono::seconds;

// A worker that has nothing to do returns with the lock; main asks for it when it has joined the worker.
namespace nothing_to_do {

void work(mp::Lock& lock, mp::RawValue<int>& jobs) {
  lock.acquire();
  if (jobs.value() == 0) return;  // the plant
  jobs.value() = jobs.value() - 1;
  lock.release();
}

void work_fixed(mp::Lock& lock, mp::RawValue<int>& jobs) {
  const mp::With held(lock);
  if (jobs.value() == 0) return;
  jobs.value() = jobs.value() - 1;
}

template <auto Work>
void body() {
  mp::Lock lock({.name = "lock"});
  mp::RawValue<int> jobs(1, {.name = "jobs"});
  mp::Process worker_1(mp::fn<Work>, mp::args(lock, jobs), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<Work>, mp::args(lock, jobs), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
  const mp::With held(lock);
  jobs.value() = 2;
}

}  // namespace nothing_to_do

// A job that takes too long is killed, and the next one needs its lock.
namespace killed_with_it {

void render(mp::Lock& screen) {
  const mp::With held(screen);
  mp::sleep(seconds(60));
}

// The lock is robust, and who finds the holder gone has it and begins anew.
void render_again(mp::Lock& screen) {
  try {
    screen.acquire();
  } catch (const mp::OwnerDied&) {
  }
  screen.release();
}

template <bool is_robust>
void body() {
  mp::Lock screen({.name = "screen", .robust = is_robust});
  mp::Process slow(mp::fn<&render>, mp::args(screen), {.name = "slow"});
  mp::Process next(mp::fn<&render_again>, mp::args(screen), {.name = "next"});
  slow.start();
  slow.join(seconds(1));
  slow.kill();
  next.start();
  slow.join();
  next.join();
}

}  // namespace killed_with_it

// An exception ends the work of a thread that had taken the lock by hand.
namespace lost_thread {

void parse(int line) {
  if (line < 0) throw std::out_of_range("a negative line");
}

void load(mp::RLock& table, int line) {
  table.acquire();
  parse(line);
  table.release();
}

void load_fixed(mp::RLock& table, int line) {
  const mp::With held(table);
  parse(line);
}

template <auto Load>
void load_or_report(mp::RLock& table, int line) {
  try {
    Load(table, line);
  } catch (const std::out_of_range&) {
    // So much for that line.
  }
}

template <auto Load>
void body() {
  mp::RLock table({.name = "table"});
  mp::Thread bad([&] { load_or_report<Load>(table, -1); }, {.name = "bad"});
  mp::Thread good([&] { load_or_report<Load>(table, 1); }, {.name = "good"});
  bad.start();
  good.start();
  bad.join();
  good.join();
  load_or_report<Load>(table, 2);
}

}  // namespace lost_thread

}  // namespace

std::vector<Scenario> lock_orphaned() {
  const std::vector<ExpectedFinding> caught{{.rule = "lock-orphaned"}};
  return {
      {.name = "misuse/lock-orphaned-1",
       .summary = "a worker that finds nothing to do returns with the lock that others want",
       .body = &nothing_to_do::body<&nothing_to_do::work>,
       .expected = caught},
      {.name = "misuse/lock-orphaned-1-fixed",
       .summary = "a worker that finds nothing to do leaves the scope that has the lock",
       .body = &nothing_to_do::body<&nothing_to_do::work_fixed>},
      {.name = "misuse/lock-orphaned-2",
       .summary = "a job that takes too long is killed with a lock that the next one wants",
       .body = &killed_with_it::body<false>,
       .expected = caught},
      {.name = "misuse/lock-orphaned-2-fixed",
       .summary = "a job that takes too long is killed with a robust lock that the next one wants",
       .body = &killed_with_it::body<true>},
      {.name = "misuse/lock-orphaned-3",
       .summary = "an exception ends a thread that had acquired an RLock by hand",
       .body = &lost_thread::body<&lost_thread::load>,
       .expected = caught},
      {.name = "misuse/lock-orphaned-3-fixed",
       .summary = "an exception ends a thread and releases its RLock on the way",
       .body = &lost_thread::body<&lost_thread::load_fixed>},
  };
}

}  // namespace heddle::misuse
