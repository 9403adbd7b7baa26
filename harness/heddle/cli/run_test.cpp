// The commands run and replay over the real worlds.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/run.hpp>
#include <heddle/core/token.hpp>
#include <heddle/trial/print_pipe.hpp>

namespace heddle::cli {
namespace {

void chooses_well() { outcome(std::int64_t{choose(2)}); }
void chooses_badly() { check(choose(3) != 2, "two is wrong"); }

Scenario scenario(std::string_view name, void (*body)()) {
  Scenario made;
  made.name = name;
  made.body = body;
  return made;
}

class RunCommand : public testing::Test {
 protected:
  RunCommand()
      : output_(print_.into()),
        status_(
            {}, [] { return 0.0; }, [](std::string_view) {}) {}
  ~RunCommand() override { std::filesystem::remove(program_); }

  std::string printed() const { return print_.printed(); }
  Expected<ExitCode> run(const std::string& name, const std::string& world = "sim") {
    RunScenario asked;
    asked.scenario = name;
    asked.world = world;
    asked.budget = Budget{.executions = 200, .time = std::nullopt};
    return run_scenario(asked, context_);
  }

  /// Writes a program of this text and runs it.
  Expected<ExitCode> run_program(const std::string& text, const std::string& world = "sim") {
    std::ofstream(program_) << text;
    return run(program_, world);
  }

  const std::string program_ = std::filesystem::path(testing::TempDir()) / "run_test.program";
  trial::PrintPipe print_;
  const std::vector<Scenario> scenarios_{scenario("good", &chooses_well), scenario("bad", &chooses_badly)};
  Output output_;
  Status status_;
  Context context_{.scenarios = scenarios_,
                   .replay_command = "heddle replay",
                   .terminal = {},
                   .output = output_,
                   .status = status_,
                   .is_interrupted = [] { return false; },
                   .seconds = [] { return 0.0; }};
};

TEST_F(RunCommand, FindsNothingInACorrectProgram) { EXPECT_EQ(run("good"), ExitCode::clean); }

TEST_F(RunCommand, FindsWhatIsWrong) { EXPECT_EQ(run("bad"), ExitCode::findings); }

TEST_F(RunCommand, SelectsNothingByAnUnknownName) {
  EXPECT_EQ(run("goood").error().code, "scenario-unknown");
  EXPECT_EQ(run("goood").error().exit, ExitCode::nothing);
}

TEST_F(RunCommand, RunsOnTheHostToo) { EXPECT_EQ(run("good", "host"), ExitCode::clean); }

TEST_F(RunCommand, ReplaysItsOwnLastLine) {
  ASSERT_EQ(run("bad"), ExitCode::findings);
  const std::string text = printed();
  ReplayToken asked;
  asked.token = text.substr(text.rfind("h1-"));
  EXPECT_EQ(replay_token(asked, context_), ExitCode::findings);
}

TEST(SearchOf, LetsStrikeWhatTheScenarioNamesUnlessFaultsAreAskedFor) {
  Subject subject{.declared = scenario("killed", &chooses_well), .body = &chooses_well};
  subject.declared.faults = {ChoiceKind::kill};
  RunScenario asked;
  EXPECT_EQ(search_of(asked, subject).options.run.faults, FaultSet{ChoiceKind::kill});
  EXPECT_EQ(search_of(asked, subject).options.run.faults_max, 1U);
  asked.faults = {ChoiceKind::eintr};
  asked.faults_max = 3;
  EXPECT_EQ(search_of(asked, subject).options.run.faults, FaultSet{ChoiceKind::eintr});
  EXPECT_EQ(search_of(asked, subject).options.run.faults_max, 3U);
}

TEST_F(RunCommand, JudgesAProgramByWhatItDeclares) {
  const std::string wrong = "process main:\n  x = choose(2)\n  x == 0\n";
  EXPECT_EQ(run_program("program p\n" + wrong), ExitCode::findings);
  EXPECT_EQ(run_program("program p\nexpect findings: assertion\n" + wrong), ExitCode::clean);
  EXPECT_EQ(run_program("program p\nexpect findings: crash\nprocess main:\n  pass\n"), ExitCode::findings);
  EXPECT_EQ(run_program("program p\nprocess main:\n  pass\n"), ExitCode::clean);
}

TEST_F(RunCommand, JudgesAProgramByItsOutcomes) {
  const std::string records = "process main:\n  x = choose(2)\n  record(x)\n";
  EXPECT_EQ(run_program("program p\nexpect outcomes: (0), (1)\n" + records), ExitCode::clean);
  EXPECT_EQ(run_program("program p\nexpect outcomes: (0)\n" + records), ExitCode::findings);
  EXPECT_EQ(run_program("program p\nexpect outcomes: (0), (1), (2)\n" + records), ExitCode::findings);
  EXPECT_EQ(run_program("program p\nexpect outcomes: (0), (1), (2)\n" + records, "host"), ExitCode::clean);
  EXPECT_EQ(run_program("program p\nexpect outcomes: (2)\n" + records, "host"), ExitCode::findings);
}

TEST_F(RunCommand, ReplaysAProgramFromItsFile) {
  const std::string wrong = "process main:\n  x = choose(3)\n  x in {0, 1}\n";
  ASSERT_EQ(run_program("program p\n" + wrong), ExitCode::findings);
  const std::string text = printed();
  ReplayToken asked;
  asked.token = text.substr(text.rfind("h1-"));
  EXPECT_EQ(replay_token(asked, context_), ExitCode::findings);
  std::ofstream(program_) << "program p\nprocess main:\n  pass\n";
  EXPECT_EQ(replay_token(asked, context_), ExitCode::inconclusive);
  std::filesystem::remove(program_);
  EXPECT_EQ(replay_token(asked, context_).error().code, "program-unreadable");
}

TEST_F(RunCommand, ReplaysLenientlyWhatWasEdited) {
  const std::string wrong = "process main:\n  x = choose(3)\n  x in {0, 1}\n";
  ASSERT_EQ(run_program("program p\n" + wrong), ExitCode::findings);
  const std::string text = printed();
  ReplayToken asked;
  asked.token = text.substr(text.rfind("h1-"));
  std::ofstream(program_) << "program p\nprocess main:\n  y = choose(2)\n  x = choose(3)\n  x in {0, 1}\n";
  EXPECT_EQ(replay_token(asked, context_), ExitCode::inconclusive);
  EXPECT_NE(printed().find("--lenient"), std::string::npos);
  asked.is_lenient = true;
  EXPECT_EQ(replay_token(asked, context_), ExitCode::findings);
  const std::string again = printed();
  asked = {.token = again.substr(again.rfind("h1-"))};
  EXPECT_EQ(replay_token(asked, context_), ExitCode::findings);
}

TEST_F(RunCommand, SaysLenientlyThatAFindingIsGone) {
  ReplayToken asked{.is_lenient = true};
  asked.token =
      write_token({.scenario = "good",
                   .tape = {{{.task = "main", .kind = ChoiceKind::data, .ordinal = 0, .answer = 2}}}});
  EXPECT_EQ(replay_token(asked, context_), ExitCode::clean);
  EXPECT_NE(printed().find("the finding is gone"), std::string::npos);
}

TEST_F(RunCommand, SaysThatAStepWasNotReached) {
  ReplayToken asked{.break_at = 1'000'000};
  asked.token = write_token({.scenario = "good"});
  EXPECT_EQ(replay_token(asked, context_).error().code, "step-unreached");
}

TEST_F(RunCommand, RefusesATokenOfAnotherProgram) {
  ReplayToken asked;
  asked.token = write_token({.scenario = "elsewhere", .run = {}, .default_digest = 0, .tape = {}});
  EXPECT_EQ(replay_token(asked, context_).error().code, "token-foreign");
}

TEST_F(RunCommand, RefusesWhatIsNoToken) {
  ReplayToken asked;
  asked.token = "hello";
  EXPECT_EQ(replay_token(asked, context_).error().code, "token-corrupt");
}

}  // namespace
}  // namespace heddle::cli
