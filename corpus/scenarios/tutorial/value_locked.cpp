// Two processes increment a shared Value, each under one Lock: 2 in every interleaving.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void increment(mp::Value<int>& counter, mp::Lock& lock) {
  mp::With held(lock);
  counter.value() += 1;
}

void body() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Lock lock({.name = "lock"});
  mp::Process worker_1(mp::fn<&increment>, mp::args(counter, lock), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&increment>, mp::args(counter, lock), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
  check(counter.value() == 2, "two increments under the lock make 2");
}

}  // namespace

Scenario value_locked() {
  return {.name = "tutorial/value-locked",
          .summary = "two processes increment a Value under a Lock",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
