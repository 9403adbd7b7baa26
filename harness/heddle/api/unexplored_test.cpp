// What is left unexplored happens as in the default run, and everything after it is explored.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <set>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using Outcomes = std::set<std::string>;

// Who adds its letter first?
std::string race() {
  mp::Lock lock;
  std::string letters;
  const auto add = [&](char letter) {
    const mp::With held(lock);
    letters += letter;
  };
  mp::Thread other([&] { add('b'); });
  other.start();
  add('a');
  other.join();
  return letters;
}

Result explored(void (*body)()) { return explore(body, {.strategy = "dpor"}); }

TEST(Unexplored, LeavesOneOrderOfWhatItCovers) {
  const Result whole = explored([] { outcome(race()); });
  EXPECT_EQ(whole.outcomes, (Outcomes{"ab", "ba"}));
  EXPECT_FALSE(whole.coverage.is_partly_unexplored);

  const Result none = explored([] {
    const Unexplored all;
    outcome(race());
  });
  EXPECT_EQ(none.outcomes, (Outcomes{"ab"}));
  EXPECT_EQ(none.coverage.executions, 1U);
  EXPECT_TRUE(none.coverage.exhausted);
  EXPECT_TRUE(none.coverage.is_partly_unexplored);
}

TEST(Unexplored, ExploresWhatComesAfterIt) {
  const Result result = explored([] {
    std::optional<Unexplored> set_up(std::in_place);
    const std::string first = race();
    set_up.reset();
    outcome(first + race());
  });
  EXPECT_EQ(result.outcomes, (Outcomes{"abab", "abba"}));
  EXPECT_TRUE(result.coverage.exhausted);
}

TEST(Unexplored, ByChanceTakesTheDefaultToo) {
  const auto body = [] {
    std::optional<Unexplored> set_up(std::in_place);
    const std::string first = race() + std::to_string(choose(3));
    set_up.reset();
    outcome(first + race());
  };
  for (const char* strategy : {"random", "pct", "portfolio", "exhaustive"}) {
    const Result result = explore(body, {.strategy = strategy, .budget = {.executions = 200}});
    EXPECT_EQ(result.outcomes, (Outcomes{"ab0ab", "ab0ba"})) << strategy;
  }
}

void do_nothing() {}

TEST(Unexplored, NoFaultStrikesThere) {
  const auto body = [] {
    const Unexplored all;
    mp::Process child(mp::fn<&do_nothing>);
    child.start();
    child.join();
    check(child.exitcode() == 0, "nobody killed it");
  };
  const RunOptions run{.granularity = Granularity::os, .faults = {ChoiceKind::kill}, .faults_max = 1};
  const Result result = explore(body, {.strategy = "random", .budget = {.executions = 50}, .run = run});
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
}

void sleep_long() {
  const Unexplored all;
  mp::sleep(100s);
}

TEST(Unexplored, EndsWithTheProcessThatIsKilled) {
  const Result result = explored([] {
    mp::Process child(mp::fn<&sleep_long>);
    child.start();
    mp::sleep(1s);
    child.kill();
    child.join();
    outcome(race());
  });
  EXPECT_TRUE(result.outcomes.contains("ba"));
}

}  // namespace
}  // namespace heddle
