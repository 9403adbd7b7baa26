// Two threads take and release one Lock twice each: the smallest program that can tell whether the Lock
// itself excludes. Small enough to be run in every interleaving of its Os calls.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void take_twice(mp::Lock& lock, int& inside) {
  for (int i = 0; i < 2; ++i) {
    const mp::With held(lock);
    check(++inside == 1, "only one thread is inside");
    --inside;
  }
}

void body() {
  mp::Lock lock({.name = "lock"});
  int inside = 0;
  mp::Thread first([&] { take_twice(lock, inside); }, {.name = "first"});
  mp::Thread second([&] { take_twice(lock, inside); }, {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

}  // namespace

Scenario lock_two_by_two() {
  return {.name = "tutorial/lock-two-by-two",
          .summary = "two threads take and release one Lock twice each",
          .body = &body,
          .granularity = Granularity::os};
}

}  // namespace heddle::tutorial
