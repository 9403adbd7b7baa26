// Events that are set and cleared: as a pulse that a waiter may miss, as a signal that is answered before it
// is taken back, and as a gate that is opened again.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;

constexpr auto rule = "event-pulse-missed";

void wait_for(mp::Event& go) { go.wait(); }

TEST(EventPulse, IsMissedByAWaiterThatComesLater) {
  expect_finding(
      [] {
        mp::Event go({.name = "go"});
        auto waiter = start<&wait_for>("waiter", go);
        go.set();
        go.clear();
        waiter.join();
      },
      rule, "go", {"main", "waiter"});
}

TEST(EventPulse, IsPredictedWhereASleepMakesTheWaiterCome) {
  Options options = options_of(100);
  options.looks_beyond_maximal = false;
  options.seek_harm = false;
  const Result result = explore(
      [] {
        mp::Event go({.name = "go"});
        auto waiter = start<&wait_for>("waiter", go);
        mp::sleep(1s);
        go.set();
        go.clear();
        waiter.join();
      },
      options);
  ASSERT_EQ(rules_of(result), Names{rule});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.harm, Harm::predicted);
  EXPECT_EQ(finding.severity, Severity::warning);
  EXPECT_NE(finding.sentence.find("main set go and main cleared it again"), std::string::npos)
      << finding.sentence;
}

TEST(EventPulse, IsNoneWhereTheWaiterAnswersBeforeTheClear) {
  expect_silence([] {
    mp::Event go({.name = "go"});
    mp::Event seen({.name = "seen"});
    auto waiter = start<[](mp::Event& told, mp::Event& answer) {
      told.wait();
      answer.set();
    }>("waiter", go, seen);
    go.set();
    seen.wait();
    go.clear();
    waiter.join();
  });
}

TEST(EventPulse, IsNoneOfAGateThatIsOpenedAgain) {
  expect_silence([] {
    mp::Event open({.name = "open"});
    auto waiter = start<&wait_for>("waiter", open);
    open.set();
    open.clear();
    open.set();
    waiter.join();
  });
}

TEST(EventPulse, IsNoneWhereItIsRepeatedUntilItIsAnswered) {
  expect_silence([] {
    mp::Event go({.name = "go"});
    mp::Semaphore seen(0, {.name = "seen"});
    auto waiter = start<[](mp::Event& told, mp::Semaphore& answer) {
      told.wait();
      answer.release();
    }>("waiter", go, seen);
    do {
      go.set();
      go.clear();
    } while (!seen.acquire(true, 1s));
    waiter.join();
  });
}

TEST(EventPulse, IsNoneWhereTheWaiterClearsItself) {
  expect_silence([] {
    mp::Event go({.name = "go"});
    auto waiter = start<[](mp::Event& told) {
      told.wait();
      told.clear();
    }>("waiter", go);
    go.set();
    waiter.join();
  });
}

}  // namespace
}  // namespace heddle
