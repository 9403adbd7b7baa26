// Waits for events, barriers and robust locks: who waits for what that never comes, and who is let go.
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
void meet(mp::Barrier& barrier) { barrier.wait(); }

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
      "deadlock", "ready", {"main", "worker"});
}

TEST(Rendezvous, AtABarrierShortOfAParty) {
  const auto program = [] {
    mp::Barrier start_line(3, {.name = "start line"});
    auto first = start<&meet>("first", start_line);
    auto second = start<&meet>("second", start_line);
    first.join();
    second.join();
  };
  expect_finding(program, "deadlock", "start line", {"main", "first", "second"});
  EXPECT_EQ(
      sentence_of(program),
      "nobody alive can end these waits: main in first.join(); first in start line.wait(); second in start "
      "line.wait()");
}

TEST(Rendezvous, AtABarrierThatAllReach) {
  expect_silence([] {
    mp::Barrier start_line(3, {.name = "start line"});
    auto first = start<&meet>("first", start_line);
    auto second = start<&meet>("second", start_line);
    start_line.wait();
    first.join();
    second.join();
  });
}

TEST(Rendezvous, AtABarrierWhoseOtherPartyHasEnded) {
  expect_finding(
      [] {
        mp::Barrier lap(2, {.name = "lap"});
        auto other = start<&meet>("other", lap);
        lap.wait();
        other.join();
        lap.wait();
      },
      "deadlock", "lap", {"main"});
}

void acquire_and_end(mp::Lock& lock) { lock.acquire(); }

TEST(Rendezvous, WithADeadHolderOfARobustLockIsNone) {
  expect_silence([] {
    mp::Lock lock({.name = "lock", .robust = true});
    auto holder = start<&acquire_and_end>("holder", lock);
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
