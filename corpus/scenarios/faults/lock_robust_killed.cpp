// The same with a robust Lock: whoever comes after the dead gets OwnerDied, has the lock, and can put right
// what the dead left half done. Everybody ends, whoever is killed.
#include <mp/multiprocessing.hpp>
#include <scenarios/faults/faults.hpp>

namespace heddle::faults {
namespace {

void count(mp::Lock& lock, mp::RawValue<int>& total) {
  try {
    lock.acquire();
  } catch (const mp::OwnerDied&) {
    // total is one int: it has been counted up or it has not.
  }
  total.value() = total.value() + 1;
  lock.release();
}

void body() {
  mp::Lock lock({.name = "lock", .robust = true});
  mp::RawValue<int> total(0, {.name = "total"});
  mp::Process worker_1(mp::fn<&count>, mp::args(lock, total), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&count>, mp::args(lock, total), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
}

}  // namespace

Scenario lock_robust_killed() {
  return {.name = "faults/lock-robust-killed",
          .summary = "a process that may be killed while it holds a robust Lock",
          .body = &body,
          .granularity = Granularity::os,
          .faults = {ChoiceKind::kill}};
}

}  // namespace heddle::faults
