// Dynamic partial order reduction against brute force on small programs drawn by chance: the same classes,
// each run once, and the same outcomes. `classes --small 2000` (bench) compares more of them.
#include <gtest/gtest.h>

#include <heddle/trial/class_count.hpp>
#include <heddle/trial/small_program.hpp>

namespace heddle::trial {
namespace {

constexpr std::uint64_t programs = 50;
constexpr std::uint64_t executions_max = 1'000;

bool compare_one(Granularity granularity, std::uint64_t number) {
  const SmallProgram program = draw_small_program(granularity, number);
  const Comparison comparison = compare_with_brute_force([&] { run_small_program(program); },
                                                         {.granularity = granularity}, executions_max);
  EXPECT_EQ(comparison.difference, "") << number << ": " << words_of(program);
  return comparison.was_made;
}

/// How many could be compared: the rest has too many interleavings.
std::uint64_t compare(Granularity granularity) {
  std::uint64_t compared = 0;
  for (std::uint64_t number = 0; number < programs; ++number)
    if (compare_one(granularity, number)) ++compared;
  return compared;
}

TEST(SmallPrograms, OfOperationsHaveTheClassesThatBruteForceFinds) {
  EXPECT_GE(compare(Granularity::op), 30U);
}

TEST(SmallPrograms, OfCallsHaveTheClassesThatBruteForceFinds) { EXPECT_GE(compare(Granularity::os), 30U); }

// A kill of a process that is about to end, that sleeps for a time, or that sleeps on a word.
TEST(SmallPrograms, WithKillsHaveTheClassesThatBruteForceFinds) {
  for (const std::uint64_t number : {133U, 801U, 814U, 1189U})
    EXPECT_TRUE(compare_one(Granularity::os, number));
  EXPECT_TRUE(compare_one(Granularity::op, 1666));
}

}  // namespace
}  // namespace heddle::trial
