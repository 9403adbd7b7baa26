// Two processes increment a shared Value and each element of a shared Array under one Lock: 2 and [3, 4, 5]
// in every interleaving.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void increment(mp::Value<int>& counter, mp::Array<int>& numbers, mp::Lock& lock) {
  mp::With held(lock);
  counter.value() += 1;
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] += 1;
}

void body() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Array<int> numbers({1, 2, 3}, {.name = "numbers"});
  mp::Lock lock({.name = "lock"});
  mp::Process worker_1(mp::fn<&increment>, mp::args(counter, numbers, lock), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&increment>, mp::args(counter, numbers, lock), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
  // Two statements: in which order a sum's operands are read would be open.
  const int count = counter.value();
  outcome(mp::describe(count) + " and " + mp::describe(numbers.slice()));
}

}  // namespace

Scenario value_array_locked() {
  return {.name = "tutorial/value-array-locked",
          .summary = "two processes increment a Value and an Array under a Lock",
          .body = &body,
          .expected = {},
          .outcomes = {"2 and [3, 4, 5]"}};
}

}  // namespace heddle::tutorial
