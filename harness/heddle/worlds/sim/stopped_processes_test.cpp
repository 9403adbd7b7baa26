// SIGSTOP, SIGCONT and what meets a stopped process: signals, wakes, deadlines, the end of everything.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <set>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using Outcomes = std::set<std::string>;

void send(const mp::Process& process, mp::Signal signal) {
  static_cast<void>(mp::os().signal_process(process.pid().value(), signal));
}
void stop(const mp::Process& process) { send(process, mp::Signal::stop); }
void resume(const mp::Process& process) { send(process, mp::Signal::resume); }

// What may happen in any interleaving of Os calls and in any time mode.
Outcomes outcomes(void (*body)(), TimeMode time = TimeMode::maximal) {
  const Result result =
      explore(body, {.budget = {.executions = 2'000}, .run = {.granularity = Granularity::os, .time = time}});
  EXPECT_EQ(rules_of(result), Names{});
  return result.outcomes;
}

std::string finding_of(void (*body)()) {
  const Result result =
      explore(body, {.budget = {.executions = 500}, .run = {.granularity = Granularity::os}});
  const auto* failed = std::get_if<Failed>(&result.verdict);
  if (failed == nullptr) return "none";
  return failed->failures.at(0).finding.rule + ": " + failed->failures.at(0).finding.sentence;
}

void tell(mp::Queue<int>& told) {
  mp::sleep(1s);
  told.put(1);
}

void tell_now(mp::Connection& told) { told.send(1); }

TEST(StoppedProcess, DoesNothingUntilItIsResumed) {
  EXPECT_EQ(outcomes([] {
              auto [reader, writer] = mp::Pipe(mp::Duplex::no);
              auto child = start<&tell_now>("child", writer);
              stop(child);
              outcome(reader.poll() ? "before or while" : "silent");
              mp::sleep(10s);
              const bool has_told = reader.poll();
              mp::sleep(10s);
              check(reader.poll() == has_told, "a stopped process does not tell");
              resume(child);
              check(reader.recv<int>() == 1, "a resumed process goes on");
              child.join();
            }),
            (Outcomes{"before or while", "silent"}));
}

TEST(StoppedProcess, GoesOnAfterOneResumeHoweverOftenItWasStopped) {
  EXPECT_EQ(outcomes([] {
              mp::Queue<int> told;
              auto child = start<&tell>("child", told);
              stop(child);
              stop(child);
              resume(child);
              outcome(static_cast<std::int64_t>(told.get()));
              child.join();
            }),
            Outcomes{"1"});
}

TEST(StoppedProcess, MayBeResumedWithoutHavingBeenStopped) {
  EXPECT_EQ(outcomes([] {
              mp::Queue<int> told;
              auto child = start<&tell>("child", told);
              resume(child);
              outcome(static_cast<std::int64_t>(told.get()));
              child.join();
            }),
            Outcomes{"1"});
}

void sleep_long() { mp::sleep(100s); }

TEST(StoppedProcess, IsKilledAtOnceButTerminatedOnlyWhenItGoesOn) {
  EXPECT_EQ(outcomes([] {
              auto killed = start<&sleep_long>("killed");
              stop(killed);
              killed.kill();
              killed.join();
              outcome(static_cast<std::int64_t>(killed.exitcode().value()));
              auto terminated = start<&sleep_long>("terminated");
              stop(terminated);
              terminated.terminate();
              terminated.join(200s);
              outcome(terminated.exitcode() ? "ended while stopped" : "there");
              resume(terminated);
              terminated.join();
              outcome(static_cast<std::int64_t>(terminated.exitcode().value()));
            }),
            Outcomes{"-9, there, -15"});
}

TEST(StoppedProcess, TerminatedAndThenKilledHasBeenKilled) {
  EXPECT_EQ(outcomes([] {
              auto child = start<&sleep_long>("child");
              stop(child);
              child.terminate();
              child.kill();
              child.join();
              outcome(static_cast<std::int64_t>(child.exitcode().value()));
            }),
            Outcomes{"-9"});
}

// Its sleep ends while it is stopped: it goes on when it is resumed, and late.
TEST(StoppedProcess, SleepsNoLongerThanItIsStopped) {
  for (const TimeMode time : {TimeMode::maximal, TimeMode::explore, TimeMode::races})
    EXPECT_EQ(outcomes(
                  [] {
                    mp::Queue<int> told;
                    auto child = start<&tell>("child", told);
                    stop(child);
                    mp::sleep(10s);
                    resume(child);
                    outcome(static_cast<std::int64_t>(told.get()));
                    child.join();
                  },
                  time),
              Outcomes{"1"});
}

void stop_itself() {
  outcome("stops");
  static_cast<void>(mp::os().signal_process(mp::os().process_id(), mp::Signal::stop));
  outcome("goes on");
}

TEST(StoppedProcess, MayHaveStoppedItself) {
  EXPECT_EQ(outcomes([] {
              auto child = start<&stop_itself>("child");
              while (child.exitcode() == std::nullopt) {
                mp::sleep(1s);
                resume(child);
              }
            }),
            Outcomes{"stops, goes on"});
}

// Whom a wake is spent on is not asleep on the word while it is stopped: the other one gets it.
TEST(StoppedProcess, TakesNoWakeOfAWordAwayFromOthers) {
  EXPECT_EQ(outcomes([] {
              mp::Semaphore items(0);
              auto stopped = start<[](mp::Semaphore& from) { from.acquire(); }>("stopped", items);
              auto running = start<[](mp::Semaphore& from) { from.acquire(); }>("running", items);
              mp::sleep(1s);
              stop(stopped);
              items.release();
              running.join();
              items.release();
              resume(stopped);
              stopped.join();
              outcome("both");
            }),
            Outcomes{"both"});
}

void hold_for_a_second(mp::Lock& lock) {
  const mp::With held(lock);
  mp::sleep(1s);
}

TEST(StoppedProcess, IsNotHopelessWhileSomebodyMayResumeIt) {
  EXPECT_EQ(outcomes([] {
              mp::Lock lock;
              auto holder = start<&hold_for_a_second>("holder", lock);
              stop(holder);
              const auto resumer = start_thread("resumer", [&] { resume(holder); });
              { const mp::With held(lock); }
              resumer.join();
              holder.join();
              outcome("done");
            }),
            Outcomes{"done"});
}

// --- nobody is left --------------------------------------------------------------------------------------

TEST(StoppedProcess, ThatNobodyIsLeftToResumeIsNamed) {
  EXPECT_EQ(
      finding_of([] {
        auto child = start<&sleep_long>("child");
        stop(child);
        child.join();
      }),
      "deadlock: child is stopped (SIGSTOP) and nobody is left to resume it: nobody alive can end these "
      "waits: main in child.join()");
}

TEST(StoppedProcess, MayBeMainAndEverybodyElseHaveEnded) {
  EXPECT_EQ(finding_of([] { stop_itself(); }),
            "deadlock: main is stopped (SIGSTOP) and nobody is left to resume it");
}

TEST(StoppedProcess, MayKeepALockFromTheOnlyOneWhoWouldResumeIt) {
  const std::string finding = finding_of([] {
    mp::Lock lock({.name = "lock"});
    auto holder = start<&hold_for_a_second>("holder", lock);
    stop(holder);
    { const mp::With held(lock); }
    resume(holder);
    holder.join();
  });
  EXPECT_EQ(
      finding,
      "deadlock: holder is stopped (SIGSTOP) and nobody is left to resume it: nobody alive can end these "
      "waits: main in lock.acquire() for what holder has held since step 7");
}

// Hope was left (the listener might have accepted), but nobody is there to fulfil it.
TEST(Standstill, WithoutAStoppedProcessIsAFindingToo) {
  const std::string finding = finding_of([] {
    static_cast<void>(mp::os().listen("@nobody-accepts", 1).value());
    const mp::Descriptor client = mp::os().connect("@nobody-accepts").value();
    std::array<std::byte, 1> byte{};
    static_cast<void>(mp::os().read(client, byte));
  });
  EXPECT_EQ(finding, "deadlock: nobody alive can end these waits: main in a call of the operating system");
}

}  // namespace
}  // namespace heddle
