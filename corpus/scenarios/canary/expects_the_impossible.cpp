// Two processes increment a Value under one Lock, and the row claims that an update is lost.
#include <heddle/api/heddle.hpp>
#include <mp/process/process.hpp>
#include <mp/shared/value.hpp>
#include <mp/sync/lock.hpp>
#include <mp/sync/with.hpp>
#include <scenarios/canary/expects_the_impossible.hpp>

namespace heddle::canary {
namespace {

void increment(mp::Value<int>& counter, mp::Lock& lock) {
  mp::With held(lock);
  counter.value() += 1;
}

void body() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Lock lock({.name = "lock"});
  mp::Process worker(mp::fn<&increment>, mp::args(counter, lock), {.name = "worker"});
  worker.start();
  increment(counter, lock);
  worker.join();
  check(counter.value() == 2, "two increments under the lock make 2");
}

}  // namespace

Scenario expects_the_impossible() {
  return {.name = "canary/expects-the-impossible",
          .summary = "a correct program that claims a lost update",
          .body = &body,
          .expected = {{.rule = "unlocked-shared-value", .with_harm = true}},
          .outcomes = {}};
}

}  // namespace heddle::canary
