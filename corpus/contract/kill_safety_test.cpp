// What a kill between any two Os calls leaves behind: programs whose processes may be struck dead at every
// step, in all interleavings or in many. Main is never struck and waits without a deadline, so whoever is
// left asleep for ever is found as a deadlock.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <heddle/api/heddle.hpp>
#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>
#include <mp/shared/shared_block.hpp>
#include <mp/sync/owned_lock.hpp>

namespace heddle::trial {
namespace {

/// A program whose processes are struck up to so many times.
Options struck(std::uint32_t kills, std::uint64_t executions = 5'000) {
  return {.budget = {.executions = executions},
          .run = {.granularity = Granularity::os, .faults = {ChoiceKind::kill}, .faults_max = kills}};
}

// --- OwnedLock --------------------------------------------------------------------------------------------

class Box {
 public:
  Box() = default;
  mp::OwnedLock* operator->() const { return block_.get(); }
  void encode(mp::Encoder& encoder) const { block_.encode(encoder, "Box"); }
  static Box decode(mp::Decoder& decoder) { return Box(mp::SharedBlock<mp::OwnedLock>::decode(decoder)); }

 private:
  explicit Box(mp::SharedBlock<mp::OwnedLock> block) : block_(std::move(block)) {}
  mp::SharedBlock<mp::OwnedLock> block_;
};

void take_and_give_back(Box& box) {
  box->acquire(mp::os());
  box->release(mp::os());
}

void takers_are_struck(int takers) {
  Box box;
  std::vector<mp::Process> processes;
  for (int i = 0; i < takers; ++i) processes.emplace_back(mp::fn<&take_and_give_back>, mp::args(box));
  for (mp::Process& process : processes) process.start();
  box->acquire(mp::os());
  box->release(mp::os());
  for (mp::Process& process : processes) process.join();
  check(box->acquire(mp::os(), mp::immediately) != mp::OwnedLock::Outcome::timed_out, "the lock is lost");
}

TEST(KillSafety, OfAnOwnedLockWithOneTakerInAllInterleavings) {
  Options options = struck(1, 2'000'000);
  options.strategy = "exhaustive";
  const Result result = explore([] { takers_are_struck(1); }, options);
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_TRUE(result.coverage.exhausted) << result.coverage.executions;
}

TEST(KillSafety, OfAnOwnedLockWithManyTakers) {
  EXPECT_EQ(trouble_in(explore([] { takers_are_struck(4); }, struck(3))), "");
}

TEST(KillSafety, TellsExactlyOneTakerThatTheHolderDied) {
  const Result result = explore(
      [] {
        Box box;
        mp::Process victim(mp::fn<[](Box& held) { held->acquire(mp::os()); }>, mp::args(box));
        victim.start();
        victim.join();
        int told = 0;
        std::vector<mp::Thread> threads;
        for (int i = 0; i < 2; ++i) {
          threads.emplace_back([&] {
            if (box->acquire(mp::os()) == mp::OwnedLock::Outcome::owner_died_acquired) ++told;
            box->release(mp::os());
          });
        }
        for (mp::Thread& thread : threads) thread.start();
        for (mp::Thread& thread : threads) thread.join();
        outcome(told);
      },
      struck(1));
  EXPECT_EQ(trouble_in(result), "");
  // None: it was struck before it had the lock.
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"0", "1"}));
}

// --- robust locks -----------------------------------------------------------------------------------------

template <class L>
void acquire_robustly(L& lock) {
  try {
    lock.acquire();
  } catch (const mp::OwnerDied&) {  // has it all the same
  }
}

void lock_and_unlock(mp::RLock& lock) {
  acquire_robustly(lock);
  lock.acquire();
  lock.release();
  lock.release();
}

TEST(KillSafety, OfARobustLock) {
  EXPECT_EQ(trouble_in(explore(
                [] {
                  mp::RLock lock({.robust = true});
                  std::vector<mp::Process> processes;
                  for (int i = 0; i < 3; ++i)
                    processes.emplace_back(mp::fn<&lock_and_unlock>, mp::args(lock));
                  for (mp::Process& process : processes) process.start();
                  lock_and_unlock(lock);
                  for (mp::Process& process : processes) process.join();
                  lock_and_unlock(lock);
                },
                struck(2))),
            "");
}

void notify_one(mp::Condition& changed) {
  acquire_robustly(changed);
  changed.notify();
  changed.release();
}

void wait_robustly(mp::Condition& changed, mp::Semaphore& here) {
  acquire_robustly(changed);
  here.release();
  try {
    changed.wait();
  } catch (const mp::OwnerDied&) {
  }
  changed.release();
}

TEST(KillSafety, OfAConditionWhoseNotifiersAreStruck) {
  EXPECT_EQ(trouble_in(explore(
                [] {
                  mp::Lock lock({.robust = true});
                  mp::Condition changed(lock);
                  mp::Semaphore here(0);
                  mp::Thread first([&] { wait_robustly(changed, here); });
                  mp::Thread second([&] { wait_robustly(changed, here); });
                  first.start();
                  second.start();
                  here.acquire();
                  here.acquire();
                  mp::Process one(mp::fn<&notify_one>, mp::args(changed));
                  mp::Process other(mp::fn<&notify_one>, mp::args(changed));
                  one.start();
                  other.start();
                  one.join();
                  other.join();
                  acquire_robustly(changed);
                  changed.notify_all();
                  changed.release();
                  first.join();
                  second.join();
                },
                struck(2))),
            "");
}

// --- Event ------------------------------------------------------------------------------------------------

void wait_for(mp::Event& event) { event.wait(); }
void set_it(mp::Event& event) { event.set(); }

// If main finds the flag set, so have all who wait, though the setter may not have lived to wake them.
TEST(KillSafety, OfAnEventWhoseSetterIsStruck) {
  const Result result = explore(
      [] {
        mp::Event event;
        mp::Thread waiter([&] { event.wait(); });
        waiter.start();
        mp::Process setter(mp::fn<&set_it>, mp::args(event));
        setter.start();
        setter.join();
        const bool is_set = event.is_set();
        outcome(is_set ? "set" : "not set");
        if (!is_set) event.set();
        waiter.join();
      },
      struck(1));
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"set", "not set"}));
}

TEST(KillSafety, OfAnEventWithManyWaitersAndSetters) {
  EXPECT_EQ(trouble_in(explore(
                [] {
                  mp::Event event;
                  std::vector<mp::Process> processes;
                  for (int i = 0; i < 2; ++i) processes.emplace_back(mp::fn<&wait_for>, mp::args(event));
                  for (int i = 0; i < 2; ++i) processes.emplace_back(mp::fn<&set_it>, mp::args(event));
                  for (mp::Process& process : processes) process.start();
                  processes[2].join();
                  processes[3].join();
                  if (!event.is_set()) event.set();
                  processes[0].join();
                  processes[1].join();
                },
                struck(3))),
            "");
}

// --- Barrier ----------------------------------------------------------------------------------------------

void act() {}

void meet(mp::Barrier& barrier) {
  try {
    barrier.wait();
  } catch (const mp::BrokenBarrierError&) {
  }
}

// Three are started for a barrier of two, and any of them may be struck. Who is left over leaves because main
// aborts; whether anybody was met, all who are left must go home.
void parties_are_struck(mp::Barrier& barrier) {
  std::vector<mp::Process> processes;
  for (int i = 0; i < 3; ++i) processes.emplace_back(mp::fn<&meet>, mp::args(barrier));
  for (mp::Process& process : processes) process.start();
  mp::sleep(std::chrono::seconds(1));
  barrier.abort();
  for (mp::Process& process : processes) process.join();
  check(barrier.broken() && barrier.n_waiting() == 0, "the barrier is not broken");
  barrier.reset();
  check(!barrier.broken(), "the barrier is not whole");
}

TEST(KillSafety, OfABarrier) {
  EXPECT_EQ(trouble_in(explore(
                [] {
                  mp::Barrier barrier(2);
                  parties_are_struck(barrier);
                },
                struck(2))),
            "");
}

TEST(KillSafety, OfABarrierWithAnAction) {
  EXPECT_EQ(trouble_in(explore(
                [] {
                  mp::Barrier barrier(2, mp::fn<&act>);
                  parties_are_struck(barrier);
                },
                struck(2))),
            "");
}

// Nobody aborts: a party is let go by the other's arrival, or by its death once it has begun to act.
void acting_party_is_struck() {
  mp::Barrier barrier(2, mp::fn<[] { mp::sleep(std::chrono::seconds(1)); }>);
  mp::Process other(mp::fn<&meet>, mp::args(barrier), {.name = "other"});
  other.start();
  while (barrier.n_waiting() == 0 && other.is_alive()) mp::sleep(std::chrono::milliseconds(1));
  if (barrier.n_waiting() == 0) return outcome("struck before it came");
  mp::Thread party([&] {
    try {
      barrier.wait();
      outcome("met");
    } catch (const mp::BrokenBarrierError&) {
      outcome("broken");
    }
  });
  party.start();
  party.join();
  other.join();
}

TEST(KillSafety, OfABarrierWhoseOtherPartyIsStruck) {
  const Result result = explore(&acting_party_is_struck, struck(1));
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"met", "struck before it came"}));
}

void wait_then_act(mp::Barrier& barrier, mp::Semaphore& arrived) {
  arrived.acquire();
  meet(barrier);
}

// Here it is the struck one that acts, and main's thread that watches it.
TEST(KillSafety, OfABarrierWhoseActingPartyIsStruck) {
  const Result result = explore(
      [] {
        mp::Barrier barrier(2, mp::fn<[] { mp::sleep(std::chrono::seconds(1)); }>);
        mp::Semaphore arrived(0);
        mp::Process last(mp::fn<&wait_then_act>, mp::args(barrier, arrived), {.name = "last"});
        last.start();
        mp::Thread party([&] {
          try {
            barrier.wait();
            outcome("met");
          } catch (const mp::BrokenBarrierError&) {
            outcome("broken");
          }
        });
        party.start();
        while (barrier.n_waiting() == 0) mp::sleep(std::chrono::milliseconds(1));
        arrived.release();
        last.join();
        // As if it had never come: then nobody has learned otherwise, and somebody must.
        if (barrier.n_waiting() == 1) barrier.abort();
        party.join();
      },
      struck(1));
  EXPECT_EQ(trouble_in(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"met", "broken"}));
}

// The last of three is struck: whoever of the others learns of the trip by itself wakes the one that sleeps.
void last_party_is_struck() {
  mp::Barrier barrier(3);
  mp::Semaphore home(0);
  const auto come = [&] {
    meet(barrier);
    home.release();
  };
  mp::Process last(mp::fn<&meet>, mp::args(barrier));
  mp::Thread first(come);
  mp::Thread second(come);
  first.start();
  second.start();
  last.start();
  if (!home.acquire(true, std::chrono::seconds(5))) {
    barrier.abort();
    home.acquire();
  }
  home.acquire();
  for (mp::Thread* const each : {&first, &second}) each->join();
  last.join();
  check(barrier.n_waiting() == 0, "who has gone home is still counted");
}

TEST(KillSafety, OfABarrierThatHasTrippedForSome) {
  EXPECT_EQ(trouble_in(explore(&last_party_is_struck, struck(1))), "");
}

}  // namespace
}  // namespace heddle::trial
