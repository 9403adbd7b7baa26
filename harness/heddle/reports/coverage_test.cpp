// The coverage report against a file under golden/. HEDDLE_GOLDEN_WRITE=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <heddle/reports/coverage.hpp>

namespace heddle {
namespace {

Result result() {
  Result made;
  made.coverage = {
      .executions = 1'000,
      .abandoned = 3,
      .interleavings = 300,
      .choice_points = 9'000,
      .steps = 45'000,
      .steps_longest = 60,
      .interleavings_once = 25,
      .is_by_chance = true,
      .miss_bound = {.strategy = "pct", .depth = 2, .executions = 100, .tasks = 4, .choices = 10},
      .reached = {"drained", "full"},
      .unreached = {"stolen"}};
  made.coverage.orders = {
      {.object = "door",
       .kind = mp::ObjectKind::lock,
       .pairs =
           {{.one = mp::Verb::acquire, .other = mp::Verb::acquire, .other_first = true},
            {.one = mp::Verb::acquire, .other = mp::Verb::release, .one_first = true, .other_first = true}}},
      {.object = "tasks",
       .kind = mp::ObjectKind::queue,
       .pairs = {{.one = mp::Verb::put, .other = mp::Verb::get, .one_first = true}}}};
  return made;
}

std::string render(const Result& result) {
  return make_coverage_report()->render(
      {.items = {{.scenario = "tutorial/door", .replay_command = "heddle replay", .result = result}}});
}

TEST(CoverageReport, ShowsEveryFigureAndTheWholeMatrix) {
  const std::string path = "harness/heddle/reports/golden/coverage.txt";
  const std::string text = render(result());
  if (std::getenv("HEDDLE_GOLDEN_WRITE") != nullptr) std::ofstream(path) << text;
  std::stringstream golden;
  golden << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, golden.str());
}

TEST(CoverageReport, NamesWhatWasFound) {
  Result failed = result();
  failed.verdict = Failed{{{.finding = {.rule = "deadlock"}}, {.finding = {.rule = "crash"}}}};
  EXPECT_TRUE(render(failed).starts_with("tutorial/door: found deadlock, crash\n"));
}

TEST(CoverageReport, EstimatesNothingOfAnExhaustedSearch) {
  Result all = result();
  all.coverage.exhausted = true;
  EXPECT_EQ(render(all).find("estimated"), std::string::npos);
}

}  // namespace
}  // namespace heddle
