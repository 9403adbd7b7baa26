// Waits for events and robust locks: who waits for what that never comes, and who is let go.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;

void wait_for(mp::Event& event) { event.wait(); }
void set_it(mp::Event& event) { event.set(); }

TEST(Rendezvous, WithAnEventThatNobodySets) {
  const auto program = [] {
    mp::Event ready({.name = "ready"});
    auto worker = start<&wait_for>("worker", ready);
    worker.join();
  };
  expect_finding(program, "deadlock", "ready", {"main", "worker"});
  EXPECT_EQ(sentence_of(program),
            "nobody alive can end these waits: main in worker.join(); worker in ready.wait()");
}

TEST(Rendezvous, WithAnEventThatIsSetSoonerOrLater) {
  expect_silence([] {
    mp::Event ready({.name = "ready"});
    auto worker = start<&wait_for>("worker", ready);
    auto setter = start<&set_it>("setter", ready);
    worker.join();
    setter.join();
  });
}

// The plant: whoever comes after the clear waits for ever.
TEST(Rendezvous, WithAnEventThatWasClearedTooEarly) {
  expect_finding(
      [] {
        mp::Event ready({.name = "ready"});
        auto worker = start<&wait_for>("worker", ready);
        ready.set();
        ready.clear();
        worker.join();
      },
      "event-pulse-missed", "ready", {"main", "worker"});
}

void acquire_and_die(mp::Lock& lock) {
  lock.acquire();
  mp::exit_now(1);
}

TEST(Rendezvous, WithADeadHolderOfARobustLockIsNone) {
  expect_silence([] {
    mp::Lock lock({.name = "lock", .robust = true});
    auto holder = start<&acquire_and_die>("holder", lock);
    try {
      lock.acquire();
    } catch (const mp::OwnerDied&) {
      outcome("told");
    }
    lock.release();
    holder.join();
  });
}

}  // namespace
}  // namespace heddle
