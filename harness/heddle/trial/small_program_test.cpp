// Dynamic partial order reduction against brute force on small programs drawn by chance: the same classes,
// each run once, and the same outcomes. `classes --small 2000` (bench) compares more of them.
#include <gtest/gtest.h>

#include <heddle/trial/class_count.hpp>
#include <heddle/trial/small_program.hpp>

namespace heddle::trial {
namespace {

constexpr std::uint64_t programs = 60;
constexpr std::uint64_t least_compared = 40;  // the rest has too many interleavings
constexpr std::uint64_t executions_max = 1'000;

TEST(SmallPrograms, HaveTheClassesThatBruteForceFinds) {
  std::uint64_t compared = 0;
  for (std::uint64_t number = 0; number < programs; ++number) {
    const SmallProgram program = draw_small_program(number);
    const Comparison comparison =
        compare_with_brute_force([&] { run_small_program(program); }, executions_max);
    if (comparison.was_made) ++compared;
    EXPECT_EQ(comparison.difference, "") << number << ": " << words_of(program);
  }
  EXPECT_GE(compared, least_compared);
}

}  // namespace
}  // namespace heddle::trial
