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

std::string trouble(const Result& result) {
  if (const auto* failed = std::get_if<Failed>(&result.verdict)) {
    const Finding& finding = failed->failures.at(0).finding;
    return finding.rule + ": " + finding.sentence;
  }
  if (const auto* gave_up = std::get_if<GaveUp>(&result.verdict)) return gave_up->why;
  if (const auto* broken = std::get_if<Broken>(&result.verdict)) return broken->why;
  return {};
}

/// A program whose processes are struck up to so many times.
Options struck(std::uint32_t kills, std::uint64_t executions = 8'000) {
  return {.budget = {.executions = executions}, .run = {.granularity = Granularity::os, .kills_max = kills}};
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
  EXPECT_EQ(trouble(result), "");
  EXPECT_TRUE(result.coverage.exhausted) << result.coverage.executions;
}

TEST(KillSafety, OfAnOwnedLockWithManyTakers) {
  EXPECT_EQ(trouble(explore([] { takers_are_struck(4); }, struck(3))), "");
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
  EXPECT_EQ(trouble(result), "");
  // None: it was struck before it had the lock.
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"0", "1"}));
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
  EXPECT_EQ(trouble(result), "");
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"set", "not set"}));
}

TEST(KillSafety, OfAnEventWithManyWaitersAndSetters) {
  EXPECT_EQ(trouble(explore(
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

}  // namespace
}  // namespace heddle::trial
