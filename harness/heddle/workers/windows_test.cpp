// Searches that end in step. The workers are processes, so that whoever has to wait does.
#include <gtest/gtest.h>

#include <string>

#include <heddle/workers/windows.hpp>
#include <heddle/workers/workers.hpp>

namespace heddle::workers {
namespace {

constexpr std::uint64_t budget = 1'000;

/// How many executions each of two makes when the first finds enough in its `lucky`-th, having made `before`
/// in an earlier run.
std::pair<std::uint64_t, std::uint64_t> made_by_two(std::uint64_t lucky, std::uint64_t before = 0) {
  Windows windows(2);
  const auto said = run_workers(2, {.job =
                                        [&](std::uint32_t worker) {
                                          Member member(windows, worker, before);
                                          std::uint64_t made = before;
                                          if (before > 0) member.listen(before, false);
                                          while (made < budget) {
                                            ++made;
                                            const bool enough = worker == 0 && made >= lucky;
                                            if (member.listen(made, enough) == Heard::enough || enough) break;
                                          }
                                          windows.leave(worker);
                                          return std::to_string(made);
                                        },
                                    .gone = [&](std::uint32_t worker) { windows.leave(worker); }});
  return {std::stoull(said[0].text), std::stoull(said[1].text)};
}

using Made = std::pair<std::uint64_t, std::uint64_t>;

TEST(Windows, AreSixteenExecutionsAtFirst) {
  EXPECT_EQ(made_by_two(1), Made(1, 16));
  EXPECT_EQ(made_by_two(16), Made(16, 16));
  EXPECT_EQ(made_by_two(17), Made(17, 32));
}

// 16, 32, ... 128, 144, 162: from 128 on a window is an eighth of what was done.
TEST(Windows, GrowWithWhatWasDone) { EXPECT_EQ(made_by_two(145), Made(145, 162)); }

TEST(Windows, EndWhereTheyWouldHaveForWhoeverGoesOn) {
  EXPECT_EQ(made_by_two(145, 100), Made(145, 162));
  EXPECT_EQ(made_by_two(145, 144), Made(145, 162));
}

TEST(Windows, AreToldOfWhatAnEarlierRunFound) {
  Windows windows(2);
  windows.found_enough(1, 20);
  windows.leave(1);
  Member member(windows, 0, 0);
  EXPECT_EQ(member.listen(16, false), Heard::nothing);
  EXPECT_EQ(member.listen(31, false), Heard::nothing);
  EXPECT_EQ(member.listen(32, false), Heard::enough);
}

TEST(Windows, KeepNobodyWhenNothingIsFound) { EXPECT_EQ(made_by_two(budget + 1), Made(budget, budget)); }

TEST(Windows, DoNotWaitForTheDead) {
  Windows windows(2);
  const auto said = run_workers(2, {.job =
                                        [&](std::uint32_t worker) {
                                          if (worker == 1) throw 1;
                                          Member member(windows, worker, 0);
                                          for (std::uint64_t made = 1; made <= 50; ++made)
                                            if (member.listen(made, false) != Heard::nothing)
                                              return "stopped";
                                          return "through";
                                        },
                                    .gone = [&](std::uint32_t worker) { windows.leave(worker); }});
  EXPECT_EQ(said[0].text, "through");
  EXPECT_EQ(said[1].trouble, "was killed by signal 6");  // what is no std::exception ends it
}

TEST(Windows, LetGoOfWhoeverWaitsWhenInterrupted) {
  Windows windows(2);
  Member member(windows, 0, 15);
  windows.interrupt();
  EXPECT_TRUE(windows.is_interrupted());
  EXPECT_EQ(member.listen(16, false), Heard::interruption);
}

TEST(Windows, TellHowFarAllAre) {
  Windows windows(2);
  Member first(windows, 0, 0);
  Member second(windows, 1, 0);
  first.listen(3, false);
  second.listen(4, true);
  EXPECT_EQ(windows.sums().made, 7u);
  EXPECT_EQ(windows.sums().with_enough, 1u);
}

}  // namespace
}  // namespace heddle::workers
