// States that the program must leave: found where it does not, and silent where it does.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;
using namespace std::chrono_literals;

const Finding& only_finding(const Result& result) {
  return std::get<Failed>(result.verdict).failures.at(0).finding;
}

void serve(mp::Queue<int>& requests) {
  const Hot busy = hot("request pending");
  outcome(requests.get());
}

void never_served() {
  mp::Queue<int> requests(0, {.name = "requests"});
  auto server = start_daemon<&serve>("server", requests);
  mp::sleep(1s);
}

void always_served() {
  mp::Queue<int> requests(0, {.name = "requests"});
  auto server = start<&serve>("server", requests);
  requests.put(1);
  server.join();
}

TEST(Hot, IsFoundWhereTheExecutionEndsInIt) {
  const Result result = explore(&never_served, options_of(300));
  ASSERT_EQ(rules_of(result), Names{"assertion"});
  EXPECT_EQ(only_finding(result).object, "request pending");
  EXPECT_EQ(only_finding(result).parties.at(0).who, "server");
  EXPECT_EQ(only_finding(result).parties.at(1).operation, "requests.get()");
}

TEST(Hot, IsSilentWhereItIsLeft) { expect_silence(&always_served); }

void stand_hot(mp::Lock& lock) {
  const Hot waiting = hot("waiting");
  lock.acquire();
}
void deadlock_in_a_hot_state() {
  mp::Lock lock({.name = "lock"});
  lock.acquire();
  start<&stand_hot>("stander", lock).join();
}

TEST(Hot, IsNoSecondFindingBesideADeadlock) {
  EXPECT_EQ(rules_of(explore(&deadlock_in_a_hot_state, options_of(100))), Names{"deadlock"});
}

void killed_in_a_hot_state() {
  mp::Lock lock({.name = "lock"});
  lock.acquire();
  auto child = start<&stand_hot>("child", lock);
  mp::sleep(1s);
  child.terminate();
  child.join();
  lock.release();
}

TEST(Hot, StaysSoWhenItsTaskIsKilled) {
  const Result result = explore(&killed_in_a_hot_state, options_of(100));
  ASSERT_TRUE(rules_of(result).contains("assertion"));
  for (const Failure& each : std::get<Failed>(result.verdict).failures)
    if (each.finding.rule == "assertion") {
      EXPECT_NE(each.finding.sentence.find("child was killed by signal 15"), std::string::npos)
          << each.finding.sentence;
    }
}

/// They hand the ball on for ever and the request is never served.
void play(mp::Semaphore& mine, mp::Semaphore& theirs) {
  for (;;) {
    mine.acquire();
    theirs.release();
  }
}
void busy_for_ever() {
  mp::Semaphore ping(1, {.name = "ping"});
  mp::Semaphore pong(0, {.name = "pong"});
  auto one = start_thread("one", [&] { play(ping, pong); });
  const Hot pending = hot("request pending");
  play(pong, ping);
}

TEST(Hot, IsALivelockIfEverybodyGoesOnAndNobodyLeavesIt) {
  Options options = options_of(3);
  options.run.steps_max = 4'000;
  options.looks_beyond_maximal = false;
  const Result result = explore(&busy_for_ever, options);
  ASSERT_TRUE(rules_of(result).contains("livelock"));
  EXPECT_EQ(only_finding(result).object, "request pending");
}

/// Its strategy lets the one who would serve wait for ever.
void starved() {
  mp::Event served({.name = "served"});
  auto spinner = start_thread("spinner", [&] {
    while (!served.is_set()) {
    }
  });
  const Hot pending = hot("request pending");
  mp::sleep(1s);
  served.set();
  spinner.join();
}

TEST(Hot, IsNoneIfAStrategyLetsSomebodyWait) {
  Options options = options_of(3);
  options.run.steps_max = 4'000;
  options.looks_beyond_maximal = false;
  options.strategy = "pct";
  const Result result = explore(&starved, options);
  if (const auto* const failed = std::get_if<Failed>(&result.verdict)) {
    for (const Failure& each : failed->failures) EXPECT_NE(each.finding.object, "request pending");
  }
}

}  // namespace
}  // namespace heddle
