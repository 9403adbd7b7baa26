// What a pool waits for and what it puts up with: callbacks under way (POOL-04, POOL-05, POOL-18), workers
// that end before they are ready (POOL-23) or at a time (POOL-22).
#include <chrono>
#include <utility>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }
int square_slowly(int number) {
  mp::sleep(1s);
  return square(number);
}

void finish(mp::Pool& pool) {
  pool.close();
  pool.join();
}

void is_joined_behind_its_callbacks() {
  mp::Pool pool(1);
  mp::Event is_told;
  const auto result = pool.apply_async(mp::fn<&square_slowly>, mp::args(2), {.callback = [&](int) {
                                         mp::sleep(1s);
                                         is_told.set();
                                       }});
  finish(pool);
  check(is_told.is_set(), "a pool is joined before a callback is over");
}

void is_terminated_behind_the_callback_that_has_begun() {
  mp::Pool pool(1);
  mp::Event has_begun;
  mp::Event is_told;
  const auto first = pool.apply_async(mp::fn<&square>, mp::args(2), {.callback = [&](int) {
                                        has_begun.set();
                                        mp::sleep(2s);
                                        is_told.set();
                                      }});
  const auto second = pool.apply_async(mp::fn<&square>, mp::args(3), {.callback = [&](int) {
                                         check(false, "a callback begins though its pool was terminated");
                                       }});
  has_begun.wait();
  mp::sleep(1s);
  pool.terminate();
  check(is_told.is_set(), "a pool is terminated before a callback is over");
}

template <class AnyPool>
void forget_a_pool(mp::Event& is_told) {
  auto* const pool = new AnyPool(1);
  mp::Event has_begun;
  pool->apply_async(mp::fn<&square>, mp::args(2), {.callback = [&](int) {
                      has_begun.set();
                      mp::sleep(1s);
                      is_told.set();
                    }});
  has_begun.wait();
  mp::finish_process();
}

template <class AnyPool>
void a_process_ends_behind_the_callback_that_has_begun() {
  mp::Event is_told;
  const mp::Process child = start<&forget_a_pool<AnyPool>>("child", is_told);
  child.join();
  check(is_told.is_set(), "a process ends in the middle of a callback");
}

void fail_first(mp::Semaphore& failures, mp::Semaphore& tries) {
  tries.release();
  if (failures.acquire(false)) throw mp::ValueError("not yet");
}

int count_of(mp::Semaphore& tries) {
  int count = 0;
  while (tries.acquire(false)) ++count;
  return count;
}

void bears_with_a_few_stillbirths() {
  mp::Semaphore failures(2);
  mp::Semaphore tries(0);
  mp::Pool pool(1, {.initializer = mp::initializer(mp::fn<&fail_first>, mp::args(failures, tries))});
  check(pool.apply(mp::fn<&square>, mp::args(3)) == 9, "another result");
  finish(pool);
  check(count_of(tries) == 3, "another number of workers");
}

void tries_no_more_than_a_few_times() {
  mp::Semaphore failures(100);
  mp::Semaphore tries(0);
  mp::Pool pool(1, {.initializer = mp::initializer(mp::fn<&fail_first>, mp::args(failures, tries))});
  mp::sleep(5s);
  check_throws<mp::BrokenPool>([&] { pool.apply(mp::fn<&square>, mp::args(3)); }, "it is not broken");
  pool.terminate();
  check(count_of(tries) == 3, "another number of workers");
}

void be_the_only_one(mp::Semaphore& places) {
  if (!places.acquire(false)) throw mp::ValueError("there is one");
}

void is_not_broken_while_one_works() {
  mp::Semaphore places(1);
  mp::Pool pool(2, {.initializer = mp::initializer(mp::fn<&be_the_only_one>, mp::args(places))});
  mp::sleep(5s);
  check(pool.apply(mp::fn<&square>, mp::args(3)) == 9, "another result");
  finish(pool);
}

// Whether it is handed in before the last thread has failed or behind that.
void is_broken_once_no_thread_is_left() {
  mp::ThreadPool pool(2, {.initializer = [] { throw mp::ValueError("not today"); }});
  check_throws<mp::BrokenPool>([&] { pool.apply(mp::fn<&square>, mp::args(3)); }, "it is not broken");
  check_throws<mp::BrokenPool>([&] { pool.apply(mp::fn<&square>, mp::args(4)); }, "it is whole again");
  pool.close();
  pool.join();
}

int leave_at_once(int status) { mp::exit_now(status); }
int meet(const mp::Connection& end) {
  auto& own = const_cast<mp::Connection&>(end);
  own.send(1);
  return own.recv<int>();
}

// Each task waits for the other one.
void replaces_those_that_end_at_a_time() {
  mp::Pool pool(2);
  const auto first = pool.apply_async(mp::fn<&leave_at_once>, mp::args(1));
  const auto second = pool.apply_async(mp::fn<&leave_at_once>, mp::args(1));
  check_throws<mp::WorkerLost>([&] { return first.get(); }, "a worker is not lost");
  check_throws<mp::WorkerLost>([&] { return second.get(); }, "a worker is not lost");
  std::vector<mp::Connection> ends;
  auto [one, other] = mp::Pipe();
  ends.push_back(std::move(one));
  ends.push_back(std::move(other));
  check(pool.map(mp::fn<&meet>, ends, 1) == std::vector{1, 1}, "other results");
  finish(pool);
}

const Row rows[] = {
    {"POOL-22", "workers that end at a time are all replaced", &replaces_those_that_end_at_a_time},
    {"POOL-04 POOL-18", "a pool is joined behind its callbacks", &is_joined_behind_its_callbacks},
    {"POOL-05 POOL-18", "a pool is terminated behind the callback that has begun, and before others",
     &is_terminated_behind_the_callback_that_has_begun},
    {"POOL-05 POOL-18", "a process ends behind the callback that has begun",
     &a_process_ends_behind_the_callback_that_has_begun<mp::Pool>},
    {"POOL-05 POOL-18", "a process ends behind the callback of threads that has begun",
     &a_process_ends_behind_the_callback_that_has_begun<mp::ThreadPool>},
    {"POOL-23", "a few workers may end before they are ready", &bears_with_a_few_stillbirths},
    {"POOL-23", "no more workers than a few are tried in vain", &tries_no_more_than_a_few_times},
    {"POOL-23", "a pool is not broken while one of its workers works", &is_not_broken_while_one_works},
    {"POOL-23", "a pool is broken once none of its threads is left", &is_broken_once_no_thread_is_left},
};

// In the simulated world alone: what has happened after so long is known there.
class PoolPatience : public testing::TestWithParam<Row> {};
TEST_P(PoolPatience, Holds) { EXPECT_EQ(trouble_of(GetParam(), RowWorld::sim), ""); }
INSTANTIATE_TEST_SUITE_P(Rows, PoolPatience, testing::ValuesIn(rows));

}  // namespace
}  // namespace heddle::trial
