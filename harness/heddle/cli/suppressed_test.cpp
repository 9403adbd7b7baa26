// --suppressions over the real worlds: what fails, what is told, and what shards and replays make of it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/gate.hpp>
#include <heddle/cli/merge.hpp>
#include <heddle/cli/run.hpp>
#include <heddle/cli/suppressed.hpp>
#include <heddle/trial/print_pipe.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::cli {
namespace {

using namespace std::chrono_literals;

void release_again(mp::Lock& lock) {
  try {
    lock.release();
  } catch (const mp::ValueError&) {
  }
}

void releases_first() {
  mp::Lock first({.name = "first"});
  release_again(first);
}

/// The second only in some interleavings' data.
void releases_both() {
  mp::Lock first({.name = "first"});
  mp::Lock second({.name = "second"});
  release_again(first);
  if (choose(3) == 2) release_again(second);
}

class SuppressionsOption : public testing::Test {
 protected:
  SuppressionsOption() : output_(print_.into()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
    Scenario known;
    known.name = "known";
    known.body = &releases_first;
    Scenario other = known;
    other.name = "other";
    other.body = &releases_both;
    Scenario declared = known;
    declared.name = "declared";
    declared.expected = {{.rule = "lock-over-release", .with_harm = false}};
    scenarios_ = {known, other, declared};
    context_.scenarios = scenarios_;
  }
  ~SuppressionsOption() override { std::filesystem::remove_all(folder_); }

  std::string printed() const { return print_.printed(); }
  void write(const std::string& lines) const { std::ofstream(file_) << lines; }

  RunScenario asking(const std::string& name) const {
    RunScenario asked;
    asked.scenario = name;
    asked.budget = Budget{.executions = 50, .time = std::nullopt};
    asked.suppressions_file = file_;
    return asked;
  }
  Expected<ExitCode> run(const std::string& name, const std::string& world = "sim") {
    RunScenario asked = asking(name);
    asked.world = world;
    return run_scenario(asked, context_);
  }
  Expected<ExitCode> gate(const std::string& name) {
    JudgeScenarios asked{.scenarios = {name}, .budget = Budget{.executions = 50, .time = std::nullopt}};
    asked.suppressions = *suppressions_in(file_, context_);
    return run_gate(asked, context_, [](const Scenario& scenario, const Options& options) {
      return explore(scenario.body, options, std::string(scenario.name));
    });
  }

  const std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "suppressed_test";
  const std::string file_ = folder_ / "known.txt";
  trial::PrintPipe print_;
  std::vector<Scenario> scenarios_;
  std::vector<std::string> remarks_;
  Output output_;
  Status status_{{}, [] { return 0.0; }, [](std::string_view) {}};
  Context context_{.scenarios = {},
                   .replay_command = "heddle replay",
                   .terminal = {},
                   .output = output_,
                   .status = status_,
                   .is_interrupted = [] { return false; },
                   .seconds = [] { return 0.0; },
                   .today = 2026y / 11 / 22,
                   .remark = [this](const std::string& line) { remarks_.push_back(line); }};
};

TEST_F(SuppressionsOption, MakesAKnownFindingAPass) {
  write("# known\nlock-over-release:first twice is meant\n");
  EXPECT_EQ(run("known"), ExitCode::clean);
  EXPECT_NE(printed().find("suppressed: 1 finding by " + file_ + ":2 (twice is meant)"), std::string::npos);
  EXPECT_TRUE(remarks_.empty());
}

TEST_F(SuppressionsOption, FailsForTheOthers) {
  write("lock-over-release:first twice is meant\n");
  EXPECT_EQ(run("other"), ExitCode::findings);
  const std::string text = printed();
  EXPECT_NE(text.find("second.release()"), std::string::npos);
  EXPECT_NE(text.find("suppressed: 1 finding"), std::string::npos);
}

TEST_F(SuppressionsOption, IsNeededAgainByAReplay) {
  write("lock-over-release:first twice is meant\n");
  ASSERT_EQ(run("other"), ExitCode::findings);
  const std::string text = printed();
  EXPECT_NE(text.find("heddle replay --suppressions " + file_ + " h1-"), std::string::npos);
  ReplayToken asked;
  asked.token = text.substr(text.rfind("h1-"));
  asked.suppressions_file = file_;
  EXPECT_EQ(replay_token(asked, context_), ExitCode::findings);
  EXPECT_NE(printed().find("second.release()"), std::string::npos);
}

TEST_F(SuppressionsOption, TellsOfLinesThatDidNothing) {
  write("lock-over-release:third why\nlock-over-release:first until=2026-11-21 why\n");
  EXPECT_EQ(run("known"), ExitCode::findings);
  EXPECT_EQ(remarks_,
            (std::vector<std::string>{
                file_ + ":1: unused: no finding matched lock-over-release:third",
                file_ + ":2: expired after 2026-11-21: lock-over-release:first suppresses nothing"}));
}

TEST_F(SuppressionsOption, HoldsOnItsLastDay) {
  write("lock-over-release:first until=2026-11-22 why\n");
  EXPECT_EQ(run("known"), ExitCode::clean);
  context_.today = 2026y / 11 / 23;
  EXPECT_EQ(run("known"), ExitCode::findings);
}

TEST_F(SuppressionsOption, RefusesAFileThatIsWrongOrMissing) {
  write("lock-over-release:first\n");
  const auto done = run("known");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "suppressions-malformed");
  EXPECT_EQ(done.error().exit, ExitCode::usage);
  EXPECT_EQ(done.error().what, file_ + ":1: there is no reason");
  std::filesystem::remove(file_);
  EXPECT_EQ(run("known").error().code, "suppressions-unreadable");
  EXPECT_EQ(run("known", "host").error().code, "suppressions-unreadable");
  std::filesystem::create_directory(file_);
  EXPECT_EQ(run("known").error().code, "suppressions-unreadable");
}

TEST_F(SuppressionsOption, HoldsOnTheHostToo) {
  write("lock-over-release:first why\n");
  EXPECT_EQ(run("known", "host"), ExitCode::clean);
  EXPECT_TRUE(remarks_.empty());
  write("lock-over-release:second why\n");
  EXPECT_EQ(run("known", "host"), ExitCode::findings);
}

TEST_F(SuppressionsOption, HoldsInTheGate) {
  write("lock-over-release:first why\ncrash:nobody why\n");
  EXPECT_EQ(gate("known"), ExitCode::clean);
  EXPECT_NE(printed().find("suppressed: 1 finding"), std::string::npos);
  EXPECT_EQ(remarks_, std::vector<std::string>{file_ + ":2: unused: no finding matched crash:nobody"});
  EXPECT_EQ(gate("other"), ExitCode::findings);
}

TEST_F(SuppressionsOption, LeavesAloneWhatAScenarioDeclares) {
  write("lock-over-release:* why\n");
  EXPECT_EQ(gate("declared"), ExitCode::clean);
  EXPECT_EQ(remarks_.size(), 1U);
  const std::string program = folder_ / "wrong.program";
  std::ofstream(program) << "program p\nexpect findings: assertion\nprocess main:\n  1 == 0\n";
  write("assertion:* why\n");
  EXPECT_EQ(run(program), ExitCode::clean);
  EXPECT_NE(printed().find("as the program expects"), std::string::npos);
}

TEST_F(SuppressionsOption, HoldsWhereAScenarioIsOnlyRun) {
  write("lock-over-release:* why\n");
  EXPECT_EQ(run("declared"), ExitCode::clean);
  EXPECT_TRUE(remarks_.empty());
}

TEST_F(SuppressionsOption, IsKeptInTheResultsOfShards) {
  write("lock-over-release:first why\nlock-over-release:third why\n");
  MergeResults merge;
  for (std::uint32_t index = 0; index < 2; ++index) {
    RunScenario asked = asking("known");
    asked.jobs = 2;
    asked.shard = {.index = index, .count = 2};
    asked.result = folder_ / ("shard" + std::to_string(index));
    ASSERT_EQ(run_scenario(asked, context_), ExitCode::clean);
    merge.files.push_back(asked.result);
  }
  EXPECT_TRUE(remarks_.empty()) << "another shard may use it";
  printed();
  std::filesystem::remove(file_);
  EXPECT_EQ(merge_results(merge, context_), ExitCode::clean);
  EXPECT_NE(printed().find("suppressed: 1 finding by " + file_ + ":1"), std::string::npos);
  EXPECT_EQ(remarks_,
            std::vector<std::string>{file_ + ":2: unused: no finding matched lock-over-release:third"});
}

TEST_F(SuppressionsOption, MergesWhatIsFoundBesideIt) {
  write("lock-over-release:first why\n");
  RunScenario asked = asking("other");
  asked.result = folder_ / "all";
  ASSERT_EQ(run_scenario(asked, context_), ExitCode::findings);
  EXPECT_EQ(merge_results({.files = {asked.result}}, context_), ExitCode::findings);
  EXPECT_NE(printed().find("second.release()"), std::string::npos);
}

TEST(ReplayingWith, QuotesAFileForAShell) {
  Output output(-1);
  Status status(
      {}, [] { return 0.0; }, [](std::string_view) {});
  const Context context{.scenarios = {},
                        .replay_command = "heddle replay",
                        .terminal = {},
                        .output = output,
                        .status = status,
                        .is_interrupted = {},
                        .seconds = {}};
  Suppressions known{.file = "it's known.txt",
                     .lines = {{.rule = "crash", .pattern = "*", .reason = "why", .line = 1}}};
  EXPECT_EQ(replaying_with(known, context), "heddle replay --suppressions 'it'\\''s known.txt'");
  known.lines[0].is_expired = true;
  EXPECT_EQ(replaying_with(known, context), "heddle replay");
}

}  // namespace
}  // namespace heddle::cli
