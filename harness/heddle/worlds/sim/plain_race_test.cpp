// Plain memory: two tasks of one process change an int without a lock. Only ThreadSanitizer can see that;
// under it the race is a finding with a tape like any other.
#include <gtest/gtest.h>

#include <cstdint>

#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>

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

TEST(PlainRace, IsAFindingThatItsTokenReproduces) {
  const Result result = explore(racing, {.budget = {.executions = 300}});
  const auto* failed = std::get_if<Failed>(&result.verdict);
  ASSERT_NE(failed, nullptr);
  const Failure& failure = failed->failures.at(0);
  EXPECT_EQ(failure.finding.rule, "shared-memory-race");
  const Token token{.scenario = "program", .run = failure.run, .default_digest = 0, .tape = failure.tape};
  for (int i = 0; i < 10; ++i) {
    const Result again = replay(racing, token);
    const auto* failed_again = std::get_if<Failed>(&again.verdict);
    ASSERT_NE(failed_again, nullptr) << "replay " << i;
    EXPECT_EQ(failed_again->failures.at(0).finding.rule, "shared-memory-race");
  }
}
#else
TEST(PlainRace, IsNotGuessedAtWithoutThreadSanitizer) {
  const Result result = explore(racing, {.budget = {.executions = 300}});
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
}
#endif

}  // namespace
}  // namespace heddle
