// The smallest program, in its file and in the report.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <heddle/cli/run.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/print.hpp>
#include <heddle/trial/print_pipe.hpp>

namespace heddle::cli {
namespace {

class ShrinkTo : public testing::Test {
 protected:
  ShrinkTo()
      : output_(print_.into()),
        status_(
            {}, [] { return 0.0; }, [](std::string_view) {}) {
    std::filesystem::create_directory(folder_);
    asked_.scenario = folder_ + "/whole.program";
    asked_.shrink_to = folder_ + "/small.program";
  }
  ~ShrinkTo() override { std::filesystem::remove_all(folder_); }

  Expected<ExitCode> run(const std::string& text) {
    std::ofstream(asked_.scenario) << "program p\n" << text;
    return run_scenario(asked_, context_);
  }
  std::string small() const { return programs::print(programs::parse_file(asked_.shrink_to).value()); }

  const std::string folder_ = testing::TempDir() + "shrunk_test";
  trial::PrintPipe print_;
  Output output_;
  Status status_;
  Context context_{.scenarios = {},
                   .replay_command = "heddle replay",
                   .terminal = {},
                   .output = output_,
                   .status = status_,
                   .is_interrupted = {},
                   .seconds = {}};
  RunScenario asked_;
};

TEST_F(ShrinkTo, WritesTheSmallProgramAndALineToReplayIt) {
  EXPECT_EQ(run("process main:\n  sleep(1)\n  x = choose(5)\n  repeat 2:\n    sleep(0)\n  x in {0, 1}\n"),
            ExitCode::findings);
  EXPECT_EQ(small(), "program p\nexpect findings: none\nprocess main:\n  x = choose(5)\n  x in {0, 1}\n");
  const std::string printed = print_.printed();
  EXPECT_NE(printed.find("small.program: 2 operations of 5"), std::string::npos) << printed;
  ReplayToken again;
  again.token = printed.substr(printed.rfind("h1-"));
  EXPECT_EQ(replay_token(again, context_), ExitCode::findings);
  EXPECT_NE(print_.printed().find("small.program:5"), std::string::npos);
}

TEST_F(ShrinkTo, WritesNothingWhereNothingIsFound) {
  EXPECT_EQ(run("process main:\n  sleep(1)\n"), ExitCode::clean);
  EXPECT_FALSE(std::filesystem::exists(asked_.shrink_to));
}

TEST_F(ShrinkTo, IsOfNoUseToAScenario) {
  Scenario scenario;
  scenario.name = "good";
  scenario.body = [] {};
  context_.scenarios = {&scenario, 1};
  asked_.scenario = "good";
  EXPECT_EQ(run_scenario(asked_, context_).error().code, "flag-without-effect");
}

TEST_F(ShrinkTo, AsksFirstWhetherItCanBeWritten) {
  asked_.shrink_to = folder_ + "/nowhere/small.program";
  EXPECT_EQ(run("process main:\n  x = choose(2)\n  x == 0\n").error().code, "result-unwritable");
  EXPECT_EQ(print_.printed(), "");
}

}  // namespace
}  // namespace heddle::cli
