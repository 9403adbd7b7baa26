// A heddle command line over two scenarios of one's own: a lost update, declared, and the same program
// with a lock. `own_main gate` fails if either finds more or less than it says.
#include <array>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>

namespace {

void increment(mp::Value<int>& counter) { counter.value() += 1; }

void increment_locked(mp::Value<int>& counter, mp::Lock& lock) {
  mp::With held(lock);
  counter.value() += 1;
}

void unlocked() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Process worker(mp::fn<&increment>, mp::args(counter), {.name = "worker"});
  worker.start();
  increment(counter);
  worker.join();
}

void locked() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Lock lock({.name = "lock"});
  mp::Process worker(mp::fn<&increment_locked>, mp::args(counter, lock), {.name = "worker"});
  worker.start();
  increment_locked(counter, lock);
  worker.join();
  heddle::check(counter.value() == 2, "two increments make 2");
}

}  // namespace

int main(int argc, char** argv) {
  const std::array scenarios{
      heddle::Scenario{.name = "own/unlocked",
                       .summary = "main and a worker increment a Value",
                       .body = &unlocked,
                       .expected = {{.rule = "unlocked-shared-value", .with_harm = true}},
                       .outcomes = {}},
      heddle::Scenario{.name = "own/locked",
                       .summary = "the same under a Lock",
                       .body = &locked,
                       .expected = {},
                       .outcomes = {}},
  };
  return heddle::main(argc, argv, scenarios);
}
