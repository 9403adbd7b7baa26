// Dynamic partial order reduction on toy programs: as many executions as there are classes, none abandoned.
#include <gtest/gtest.h>

#include <heddle/strategies/dpor.hpp>
#include <heddle/strategies/exhaustive.hpp>
#include <heddle/trial/toy_program.hpp>
#include <set>

namespace heddle {
namespace {

constexpr Access read_of(ThingId thing) { return {.thing = thing, .kind = AccessKind::read}; }
constexpr Access write_of(ThingId thing) { return {.thing = thing, .kind = AccessKind::write}; }

std::size_t executions_of(ToyProgram program) {
  const auto strategy = make_dpor(0);
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    if (program.run(*strategy, i).empty()) return 0;  // abandoned
    if (program.all_seen) return i + 1;
  }
  return 0;
}

TEST(Dpor, RunsIndependentTasksOnce) {
  EXPECT_EQ(executions_of(ToyProgram({{read_of(9)}, {write_of(1)}, {write_of(2)}, {write_of(3)}})), 1U);
}

TEST(Dpor, RunsReadersOnce) {
  EXPECT_EQ(executions_of(ToyProgram({{read_of(9)}, {read_of(1)}, {read_of(1)}, {read_of(1)}})), 1U);
}

TEST(Dpor, PutsAWriterBetweenReadersInEveryWay) {
  EXPECT_EQ(
      executions_of(ToyProgram({{read_of(9)}, {write_of(1)}, {read_of(1)}, {read_of(1)}, {read_of(1)}})), 8U);
}

TEST(Dpor, OrdersWritersInEveryWay) { EXPECT_EQ(executions_of(contenders(4, 1)), 24U); }

TEST(Dpor, InterleavesLongWritersInEveryWay) { EXPECT_EQ(executions_of(contenders(2, 5)), 252U); }

TEST(Dpor, CountsStoreBufferingAsThree) {
  EXPECT_EQ(executions_of(ToyProgram({{read_of(9)}, {write_of(1), read_of(2)}, {write_of(2), read_of(1)}})),
            3U);
}

// With source sets alone there are executions in which only sleepers could go on. Of 32 orders of the five
// pairs eight would need something to come before itself.
TEST(Dpor, ComesToNoPointWhereOnlySleepersGoOn) {
  const std::vector<Access> looks_back{read_of(3), read_of(2), read_of(1)};
  const std::vector<Access> first_to_second{read_of(1), write_of(2)};
  const std::vector<Access> second_to_third{read_of(2), write_of(3)};
  EXPECT_EQ(
      executions_of(ToyProgram({{read_of(9)}, looks_back, {write_of(1)}, first_to_second, second_to_third})),
      24U);
}

TEST(Dpor, TreatsSleepersAsCommutingAndKnocksAsNot) {
  constexpr Access sleep{.thing = 1, .kind = AccessKind::sleep};
  constexpr Access knock{.thing = 1, .kind = AccessKind::knock};
  EXPECT_EQ(executions_of(ToyProgram({{read_of(9)}, {sleep}, {sleep}})), 1U);
  EXPECT_EQ(executions_of(ToyProgram({{read_of(9)}, {knock}, {knock}})), 1U);
  EXPECT_EQ(executions_of(ToyProgram({{read_of(9)}, {sleep}, {knock}})), 2U);
}

}  // namespace
}  // namespace heddle
