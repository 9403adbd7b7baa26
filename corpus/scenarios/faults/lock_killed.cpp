// Two processes count under a Lock, and either may be killed while it holds it. Nobody releases a Lock for
// the dead (LOCK-06): the other waits for ever.
#include <mp/multiprocessing.hpp>
#include <scenarios/faults/faults.hpp>

namespace heddle::faults {
namespace {

void count(mp::Lock& lock, mp::RawValue<int>& total) {
  const mp::With held(lock);
  total.value() = total.value() + 1;
}

void body() {
  mp::Lock lock({.name = "lock"});
  mp::RawValue<int> total(0, {.name = "total"});
  mp::Process worker_1(mp::fn<&count>, mp::args(lock, total), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&count>, mp::args(lock, total), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
}

}  // namespace

Scenario lock_killed() {
  return {.name = "faults/lock-killed",
          .summary = "a process that may be killed while it holds a Lock that another one wants",
          .body = &body,
          .expected = {{.rule = "lock-orphaned"}},
          .granularity = Granularity::os,
          .faults = {ChoiceKind::kill}};
}

}  // namespace heddle::faults
