// An exploration that checks itself: what it sees of a deterministic program is what it would have seen
// anyway, and a program that keeps something from one execution to the next is broken, with or without a bug.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <string>
#include <vector>

namespace heddle {
namespace {

void two_processes_count(mp::Lock& lock, mp::Value<int>& count) {
  const mp::With held(lock);
  count.value() = count.value() + 1;
}

void counts() {
  mp::Lock lock;
  mp::Value<int> count(0);
  mp::Process worker(mp::fn<&two_processes_count>, mp::args(lock, count));
  worker.start();
  two_processes_count(lock, count);
  worker.join();
}

Options options_of(const std::string& strategy, bool checks_determinism) {
  return {.strategy = strategy,
          .budget = {.executions = 300},
          .run = {.granularity = Granularity::os,
                  .faults = {ChoiceKind::kill, ChoiceKind::eintr, ChoiceKind::spurious},
                  .faults_max = 1},
          .findings_max = 100,
          .checks_determinism = checks_determinism};
}

class CheckedWorldTest : public testing::TestWithParam<std::string> {};

TEST_P(CheckedWorldTest, SeesTheSame) {
  const Result plain = explore(&counts, options_of(GetParam(), false));
  const Result checked = explore(&counts, options_of(GetParam(), true));
  EXPECT_EQ(plain.verdict.index(), checked.verdict.index());
  EXPECT_EQ(plain.coverage.executions, checked.coverage.executions);
  EXPECT_EQ(plain.coverage.interleavings, checked.coverage.interleavings);
  EXPECT_EQ(plain.coverage.steps, checked.coverage.steps);
  EXPECT_EQ(plain.coverage.exhausted, checked.coverage.exhausted);
}

INSTANTIATE_TEST_SUITE_P(Strategies, CheckedWorldTest,
                         testing::Values("portfolio", "random", "pct", "pos", "surw", "round-robin",
                                         "exhaustive", "dpor"),
                         [](const auto& each) {
                           std::string name = each.param;
                           for (char& letter : name)
                             if (letter == '-') letter = '_';
                           return name;
                         });

TEST(CheckedWorld, FindsWhatDecidesOutsideWithoutABug) {
  int runs = 0;  // what no program may do: keep something from one execution to the next
  const auto body = [&runs] {
    counts();
    if (++runs % 100 == 0) counts();
  };
  const Options unchecked{.budget = {.executions = 120}};
  EXPECT_TRUE(std::holds_alternative<Passed>(explore(body, unchecked).verdict));
  runs = 0;
  Options checked = unchecked;
  checked.checks_determinism = true;
  const Result result = explore(body, checked);
  const auto* broken = std::get_if<Broken>(&result.verdict);
  ASSERT_NE(broken, nullptr);
  EXPECT_TRUE(broken->why.starts_with("nondeterministic")) << broken->why;
  EXPECT_GT(broken->step, 0U);
  EXPECT_EQ(result.coverage.executions, 49U) << "the fiftieth execution is the one that differs";
}

}  // namespace
}  // namespace heddle
