// The door as others use it: words in, an exit code out.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <vector>

namespace heddle {
namespace {

int run(std::vector<const char*> words, std::span<const Scenario> scenarios = {}) {
  words.insert(words.begin(), "heddle");
  words.push_back(nullptr);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code =
      heddle::main(static_cast<int>(words.size()) - 1, const_cast<char**>(words.data()), scenarios);
  testing::internal::GetCapturedStdout();
  testing::internal::GetCapturedStderr();
  return code;
}

int exit_code(ExitCode code) { return static_cast<int>(code); }

void chooses_badly() { check(choose(3) != 2, "two is wrong"); }

TEST(HeddleMain, ShowsTablesAndHelp) {
  for (const char* command : {"list", "rules", "strategies", "worlds", "reports", "--help", "--version"})
    EXPECT_EQ(run({command}), exit_code(ExitCode::clean)) << command;
}

TEST(HeddleMain, AnswersNonsenseWithUsage) {
  EXPECT_EQ(run({}), exit_code(ExitCode::usage));
  EXPECT_EQ(run({"run", "x", "--budget", "soon"}), exit_code(ExitCode::usage));
  EXPECT_EQ(run({"replay", "h1-A"}), exit_code(ExitCode::usage));
}

TEST(HeddleMain, SelectsNothingFromNothing) {
  EXPECT_EQ(run({"run", "x"}), exit_code(ExitCode::nothing));
  EXPECT_EQ(run({"gate"}), exit_code(ExitCode::nothing));
}

TEST(HeddleMain, RunsAndJudgesScenarios) {
  Scenario scenario;
  scenario.name = "bad";
  scenario.body = &chooses_badly;
  scenario.expected = {{.rule = "assertion"}};
  const std::vector<Scenario> scenarios{scenario};
  EXPECT_EQ(run({"run", "bad", "--budget", "100x"}, scenarios), exit_code(ExitCode::findings));
  EXPECT_EQ(run({"gate", "--budget", "100x"}, scenarios), exit_code(ExitCode::clean));
}

}  // namespace
}  // namespace heddle
