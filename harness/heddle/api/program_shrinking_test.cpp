// Programs that are found to be wrong, and what is left of them.
#include <gtest/gtest.h>

#include <heddle/api/program_shrinking.hpp>
#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/print.hpp>
#include <heddle/programs/reduction.hpp>
#include <heddle/trial/trial.hpp>
#include <stdexcept>
#include <string>

namespace heddle {
namespace {

programs::Program read(const std::string& text) { return programs::parse("program p\n" + text, "p").value(); }

Failure found_in(const programs::Program& program) {
  const auto plan = programs::plan(program).value();
  const Result result = explore(programs::body_of(plan, programs::Time::simulated), trial::options_of(5'000));
  return std::get<Failed>(result.verdict).failures.at(0);
}

ShrunkProgram shrunk(const std::string& text) {
  const programs::Program program = read(text);
  return shrink_program(program, found_in(program));
}

// Two that take two locks in both orders, among much else.
constexpr std::string_view abba =
    "object a = Lock()\nobject b = Lock()\nobject tasks = Queue(3)\nobject total = Value('i', 0)\n"
    "process main:\n  one.start()\n  other.start()\n  helper.start()\n  tasks.put(1)\n  tasks.put(2)\n"
    "  one.join()\n  other.join()\n  helper.join()\n"
    "process one:\n  repeat 2:\n    with a:\n      sleep(0.01)\n      with b:\n        x = total.value\n"
    "        total.value = x + 1\n"
    "process other:\n  choose(2)\n  with b:\n    with a:\n      x = total.value\n      total.value = x + 1\n"
    "process helper:\n  tasks.get()\n  tasks.get()\n";

Failure deadlock_in(const programs::Program& program) {
  const auto plan = programs::plan(program).value();
  Options options = trial::options_of(5'000);
  options.findings_max = 8;
  const Result result = explore(programs::body_of(plan, programs::Time::simulated), options);
  for (const Failure& each : std::get<Failed>(result.verdict).failures)
    if (each.finding.rule == "deadlock") return each;
  throw std::logic_error("no deadlock");
}

TEST(ShrinkProgram, LeavesOnlyWhatTheDeadlockNeeds) {
  const programs::Program program = read(std::string(abba));
  const ShrunkProgram small = shrink_program(program, deadlock_in(program));
  EXPECT_EQ(small.failure.finding.rule, "deadlock");
  EXPECT_LE(programs::operations_in(small.program), 7U) << programs::print(small.program);
  EXPECT_EQ(small.program.objects.size(), 2U);
  EXPECT_GT(small.candidates, 0U);
}

// Nobody mentions it, and yet it is what goes wrong.
TEST(ShrinkProgram, LeavesTheObjectWhoseMakingFails) {
  const ShrunkProgram small =
      shrunk("object event = Event()\nobject pool = Pool(0)\nprocess main:\n  event.set()\n");
  EXPECT_EQ(small.failure.finding.rule, "crash");
  EXPECT_EQ(small.program.objects.size(), 1U);
}

TEST(ShrinkProgram, IsMinimal) {
  const programs::Program program = read(std::string(abba));
  const ShrunkProgram small = shrink_program(program, deadlock_in(program));
  const ShrunkProgram again = shrink_program(small.program, small.failure);
  EXPECT_EQ(again.program, small.program);
  EXPECT_EQ(again.failure.tape, small.failure.tape);
}

TEST(ShrinkProgram, GivesATapeOfTheSmallProgram) {
  const ShrunkProgram small = shrunk(
      "process main:\n  sleep(1)\n  y = choose(2)\n  repeat 3:\n    sleep(0)\n  x = choose(5)\n  x in {0, 1, "
      "2}\n");
  EXPECT_EQ(programs::print(small.program),
            "program p\nexpect findings: none\nprocess main:\n  x = choose(5)\n  x in {0, 1, 2}\n");
  const auto plan = programs::plan(small.program).value();
  const Result replayed = replay(programs::body_of(plan, programs::Time::simulated),
                                 {.scenario = "p", .run = small.failure.run, .tape = small.failure.tape});
  EXPECT_EQ(trial::rules_of(replayed), trial::Names{"assertion"});
}

TEST(StillShows, IsNoMistakeThatIsThereAnyway) {
  const Failure known = found_in(read("process main:\n  x = choose(3)\n  x in {0, 1}\n"));
  EXPECT_TRUE(still_shows(read("process main:\n  x = choose(5)\n  x in {0, 1}\n"), known));
  EXPECT_FALSE(still_shows(read("process main:\n  x = choose(3)\n  x in {1, 2}\n"), known));
  EXPECT_FALSE(still_shows(read("process main:\n  x = choose(3)\n  x in {0, 1, 2}\n"), known));
  EXPECT_FALSE(still_shows(read("process main:\n  nobody.start()\n"), known));
}

TEST(StillShows, IsNoMistakeThatIsThereAnywayAlsoWhereTheTapeStillFits) {
  const Failure known = found_in(read("process main:\n  x = choose(3)\n  x in {0, 1}\n"));
  ASSERT_FALSE(known.tape.entries.empty());
  EXPECT_FALSE(still_shows(read("process main:\n  x = choose(3)\n  y = 1\n  y == 0\n"), known));
}

TEST(ShrinkProgram, RefusesWhatTheProgramDoesNotShow) {
  const Failure failure = found_in(read("process main:\n  x = choose(2)\n  x == 0\n"));
  EXPECT_THROW(shrink_program(read("process main:\n  x = choose(2)\n  record(x)\n"), failure),
               std::invalid_argument);
}

}  // namespace
}  // namespace heddle
