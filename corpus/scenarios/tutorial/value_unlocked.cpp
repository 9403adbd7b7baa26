// value-locked without the lock. The Value has a lock of its own, but += takes it twice, once to read and
// once to write: both processes may read 0 and both write 1.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void increment(mp::Value<int>& counter) { counter.value() += 1; }

void body() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Process worker_1(mp::fn<&increment>, mp::args(counter), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&increment>, mp::args(counter), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
  outcome(counter.value());
}

}  // namespace

Scenario value_unlocked() {
  return {.name = "tutorial/value-unlocked",
          .summary = "two processes increment a Value, relying on its own lock",
          .body = &body,
          .expected = {{.rule = "unlocked-shared-value", .with_harm = true}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
