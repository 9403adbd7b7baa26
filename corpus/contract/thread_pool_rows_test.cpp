// A ThreadPool's calls are those of a Pool, on the very objects: the row TPOOL-01 of the contract.
#include <chrono>
#include <string>
#include <tuple>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }
int fail_at_two(int number) {
  if (number == 2) throw mp::KeyError("two");
  return number;
}

struct OwnError {
  int code = 0;
};

void finish(mp::ThreadPool& pool) {
  pool.close();
  pool.join();
}

void works_on_the_objects() {
  mp::ThreadPool pool(2);
  std::vector<int> numbers{1, 2, 3};
  check(pool.map([](int& each) { return ++each; }, numbers, 1) == std::vector{2, 3, 4}, "map");
  check(numbers == std::vector{2, 3, 4}, "elements are copies");
  pool.apply([](std::vector<int>& all) { all.clear(); }, mp::args(numbers));
  check(numbers.empty(), "an argument is a copy");
  finish(pool);
}

void has_the_calls_of_a_pool() {
  mp::ThreadPool pool(2);
  const std::vector<int> numbers{1, 2, 3};
  check(pool.apply(mp::fn<&square>, mp::args(7)) == 49, "apply");
  check(pool.apply_async(mp::fn<&square>, mp::args(3)).get() == 9, "apply_async");
  check(pool.map_async(mp::fn<&square>, numbers, 2).get() == std::vector{1, 4, 9}, "map_async");
  const std::vector<std::tuple<int, int>> pairs{{1, 2}, {3, 4}};
  const auto add = [](int one, int other) { return one + other; };
  check(pool.starmap(add, pairs) == std::vector{3, 7}, "starmap");
  check(pool.starmap_async(add, pairs, 1).get() == std::vector{3, 7}, "starmap_async");
  finish(pool);
}

void iterates() {
  mp::ThreadPool pool(2);
  auto results = pool.imap(mp::fn<&fail_at_two>, std::vector{1, 2, 3});
  check(results.next() == 1, "the first");
  check_throws<mp::KeyError>([&] { return results.next(); }, "the failure in its place");
  check(results.next() == 3, "the iteration goes on");
  check_throws<mp::StopIteration>([&] { return results.next(); }, "the end");
  int sum = 0;
  for (const int each : pool.imap_unordered(mp::fn<&square>, std::vector{1, 2, 3})) sum += each;
  check(sum == 14, "imap_unordered");
  finish(pool);
}

void raises_the_exception_itself() {
  mp::ThreadPool pool(1);
  const auto result = pool.apply_async([]() -> int { throw OwnError{9}; }, mp::args());
  try {
    result.get();
    check(false, "nothing was raised");
  } catch (const OwnError& error) {
    check(error.code == 9, "another exception");
  }
  finish(pool);
}

void calls_back() {
  mp::ThreadPool pool(1);
  std::vector<int> told;
  const auto result =
      pool.apply_async(mp::fn<&square>, mp::args(4), {.callback = [&](int value) { told.push_back(value); }});
  check(result.get() == 16 && told == std::vector{16}, "a callback");
  finish(pool);
}

void closes_and_terminates() {
  mp::ThreadPool pool(1);
  check_throws<mp::ValueError>([&] { pool.join(); }, "joined while it runs");
  const auto result = pool.apply_async(mp::fn<&square>, mp::args(2));
  finish(pool);
  check(result.get(0s) == 4, "a closed pool's result");
  check_throws<mp::ValueError>([&] { return pool.apply(mp::fn<&square>, mp::args(1)); }, "a closed pool");
  mp::ThreadPool other(1);
  other.terminate();
  other.join();
  check_throws<mp::ValueError>([&] { return other.apply(mp::fn<&square>, mp::args(1)); }, "a terminated one");
  check_throws<mp::ValueError>([] { mp::ThreadPool(0); }, "a pool of no threads");
}

const Row rows[] = {
    {"TPOOL-01", "arguments and elements are the objects themselves", &works_on_the_objects},
    {"TPOOL-01", "the calls are those of a pool", &has_the_calls_of_a_pool},
    {"TPOOL-01", "imap raises in place and goes on", &iterates},
    {"TPOOL-01", "an exception is the one that was raised", &raises_the_exception_itself},
    {"TPOOL-01", "callbacks are called before the result is had", &calls_back},
    {"TPOOL-01", "it closes and terminates as a pool does", &closes_and_terminates},
};

HEDDLE_CONTRACT_ROWS(ThreadPool, rows);

}  // namespace
}  // namespace heddle::trial
