// A process is terminated while it holds a lock, and another one then wants that lock. A Lock is not
// robust (LOCK-06): nobody releases it for the dead, so the wait has no end.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void hold(mp::Lock& lock, mp::Semaphore& holding) {
  mp::With held(lock);
  holding.release();
  mp::sleep(std::chrono::seconds(10));
}

void want(mp::Lock& lock) { mp::With held(lock); }

void body() {
  mp::Lock lock({.name = "lock"});
  mp::Semaphore holding(0, {.name = "holding"});
  mp::Process holder(mp::fn<&hold>, mp::args(lock, holding), {.name = "holder"});
  mp::Process worker(mp::fn<&want>, mp::args(lock), {.name = "worker"});
  holder.start();
  holding.acquire();
  holder.terminate();
  holder.join();
  worker.start();
  worker.join();
}

}  // namespace

Scenario terminate_holding_lock() {
  return {.name = "tutorial/terminate-holding-lock",
          .summary = "a process is terminated while it holds a lock that another one wants",
          .body = &body,
          .expected = {{.rule = "lock-orphaned"}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
