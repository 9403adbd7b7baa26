// Plain memory: two tasks of one process change an int without a lock. Only ThreadSanitizer can see that;
// under it the race is a finding with a tape like any other.
#include <gtest/gtest.h>

#include <cstdint>

#include <heddle/api/heddle.hpp>
#include <heddle/worlds/sim/plain_edges.hpp>

namespace heddle {
namespace {

void racing() {
  int counter = 0;
  mp::Thread first([&] { ++counter; }, {.name = "first"});
  mp::Thread second([&] { ++counter; }, {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

void add_one(std::uint64_t number) { ++*reinterpret_cast<int*>(number); }

void racing_processes() {
  int counter = 0;
  const auto number = reinterpret_cast<std::uint64_t>(&counter);
  mp::Process first(mp::fn<&add_one>, mp::args(number));
  mp::Process second(mp::fn<&add_one>, mp::args(number));
  first.start();
  second.start();
  first.join();
  second.join();
}

void locked() {
  int counter = 0;
  mp::Lock lock;
  const auto add = [&] {
    const mp::With held(lock);
    ++counter;
  };
  mp::Thread first(add, {.name = "first"});
  mp::Thread second(add, {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
  check(counter == 2, "an increment was lost");
}

void write_and_wait(std::uint64_t number, mp::Semaphore& never_released) {
  *reinterpret_cast<int*>(number) = 1;
  never_released.acquire();
}

// Sooner or later; what the child has written by then is there for whoever has seen its end.
void killed_and_joined() {
  int number = 0;
  mp::Semaphore never_released(0);
  mp::Process child(mp::fn<&write_and_wait>,
                    mp::args(reinterpret_cast<std::uint64_t>(&number), never_released));
  child.start();
  child.kill();
  child.join();
  outcome(std::int64_t{number});
}

TEST(PlainRace, IsSilentWhenTheWriterWasKilledAndJoined) {
  const Result result = explore(killed_and_joined, {.budget = {.executions = 300}});
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  EXPECT_EQ(result.outcomes.size(), 2U) << "it is killed before it writes, and after";
}

TEST(PlainRace, IsSilentWhenALockOrdersTheAccesses) {
  const Result result = explore(locked, {.budget = {.executions = 300}});
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
}

#ifdef HEDDLE_TSAN
// The reports are wanted here: they must not fail the test binary.
extern "C" const char* __tsan_default_options() {
  return "exitcode=0:suppress_equal_stacks=0:suppress_equal_addresses=0";
}

/// It is found, and its token shows it again, each time.
void expect_found(void (*body)()) {
  const Result result = explore(body, {.budget = {.executions = 100}});
  const auto* failed = std::get_if<Failed>(&result.verdict);
  ASSERT_NE(failed, nullptr);
  const Failure& failure = failed->failures.at(0);
  EXPECT_EQ(failure.finding.rule, "shared-memory-race");
  const Token token{.scenario = "program", .run = failure.run, .default_digest = 0, .tape = failure.tape};
  for (int i = 0; i < 5; ++i) {
    const Result again = replay(body, token);
    const auto* failed_again = std::get_if<Failed>(&again.verdict);
    ASSERT_NE(failed_again, nullptr) << "replay " << i;
    EXPECT_EQ(failed_again->failures.at(0).finding.rule, "shared-memory-race");
  }
}

TEST(PlainRace, IsAFindingThatItsTokenReproduces) { expect_found(&racing); }
TEST(PlainRace, IsFoundBetweenProcesses) { expect_found(&racing_processes); }

template <class Edge>
class PlainRaceBeside : public testing::Test {};
TYPED_TEST_SUITE(PlainRaceBeside, sim::edges::All<testing::Types>);

template <class Edge>
void unordered() {
  sim::edges::run<Edge>(sim::edges::Change::afterwards);
}
TYPED_TEST(PlainRaceBeside, APrimitiveThatLetsGoOnTooEarlyIsFound) { expect_found(&unordered<TypeParam>); }
#else
TEST(PlainRace, IsNotGuessedAtWithoutThreadSanitizer) {
  for (auto* const body : {&racing, &racing_processes}) {
    const Result result = explore(body, {.budget = {.executions = 300}});
    EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  }
}
#endif

}  // namespace
}  // namespace heddle
