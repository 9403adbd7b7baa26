// The result of a pool's job: the row ASYNC-01 of the contract.
#include <chrono>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }
int raise_value_error() { throw mp::ValueError("never"); }
int wait_for(mp::Semaphore& told) {
  told.acquire();
  return 5;
}

void is_had_any_number_of_times() {
  mp::Pool pool(1);
  const mp::AsyncResult<int> result = pool.apply_async(mp::fn<&square>, mp::args(3));
  check(result.get() == 9 && result.get(0s) == 9, "a result is had twice");
  result.wait();
  check(result.ready() && result.successful(), "a result that was had");
  pool.terminate();
}

void raises_any_number_of_times() {
  mp::Pool pool(1);
  const auto result = pool.apply_async(mp::fn<&raise_value_error>, mp::args());
  result.wait();
  check(result.ready() && !result.successful(), "a failed job");
  check_throws<mp::ValueError>([&] { return result.get(); }, "the exception");
  check_throws<mp::ValueError>([&] { return result.get(0s); }, "the exception again");
  pool.terminate();
}

void waits_for_as_long_as_it_is_told() {
  mp::ThreadPool pool(1);
  mp::Semaphore told(0);
  const auto result = pool.apply_async(&wait_for, mp::args(told));
  check(!result.ready(), "ready too early");
  check_throws<mp::ValueError>([&] { return result.successful(); }, "successful before the end");
  check_throws<mp::TimeoutError>([&] { return result.get(0s); }, "get of what is not there");
  check_throws<mp::TimeoutError>([&] { return result.get(0.01s); }, "get in time");
  check_throws<mp::TimeoutError>([&] { return result.get(-1s); }, "a negative timeout is none");
  result.wait(0.01s);
  check(!result.ready(), "ready after a wait that timed out");
  told.release();
  check(result.get() == 5, "the result");
  pool.close();
  pool.join();
}

const Row rows[] = {
    {"ASYNC-01", "a result may be had any number of times", &is_had_any_number_of_times},
    {"ASYNC-01", "an exception may be had any number of times", &raises_any_number_of_times},
    {"ASYNC-01", "waiting takes a timeout", &waits_for_as_long_as_it_is_told},
};

HEDDLE_CONTRACT_ROWS(AsyncResult, rows);

}  // namespace
}  // namespace heddle::trial
