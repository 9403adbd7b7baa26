// Command lines and what they ask for.
#include <gtest/gtest.h>

#include <heddle/cli/arguments.hpp>

namespace heddle::cli {
namespace {

Expected<Request> read(std::vector<const char*> words) {
  words.insert(words.begin(), "heddle");
  return read_arguments(static_cast<int>(words.size()), words.data());
}

std::string code_of(std::vector<const char*> words) {
  const auto request = read(std::move(words));
  return request ? "read" : request.error().code;
}

TEST(Arguments, OfRunHaveDefaults) {
  const auto asked = std::get<RunScenario>(read({"run", "tutorial/queue"}).value());
  EXPECT_EQ(asked.scenario, "tutorial/queue");
  EXPECT_EQ(asked.strategy, default_strategy);
  EXPECT_EQ(asked.world, "sim");
  EXPECT_FALSE(asked.budget);
  EXPECT_FALSE(asked.granularity);
  EXPECT_FALSE(asked.time);
}

TEST(Arguments, OfRunAreAllRead) {
  const auto asked = std::get<RunScenario>(
      read({"run", "x", "--strategy", "exhaustive", "--seed", "9", "--budget", "30s", "--granularity", "os",
            "--time", "races", "--faults", "kill,short-io", "--faults-max", "2", "--findings-max", "3"})
          .value());
  EXPECT_EQ(asked.strategy, "exhaustive");
  EXPECT_EQ(asked.seed, 9u);
  EXPECT_EQ(asked.budget->time, std::chrono::seconds(30));
  EXPECT_EQ(asked.granularity, Granularity::os);
  EXPECT_EQ(asked.time, TimeMode::races);
  EXPECT_EQ(asked.faults, (FaultSet{ChoiceKind::kill, ChoiceKind::short_io}));
  EXPECT_EQ(asked.faults_max, 2u);
  EXPECT_EQ(asked.findings_max, 3u);
}

TEST(Arguments, ThatNameFaultsAloneAllowOne) {
  const auto asked = std::get<RunScenario>(read({"run", "x", "--faults", "eintr"}).value());
  EXPECT_EQ(asked.faults, FaultSet{ChoiceKind::eintr});
  EXPECT_EQ(asked.faults_max, 1u);
}

TEST(Arguments, OfReplayAreJoinedToOneToken) {
  EXPECT_EQ(std::get<ReplayToken>(read({"replay", "h1-AAAA", "BBBB"}).value()).token, "h1-AAAABBBB");
}

TEST(Arguments, OfReplayMayBeLenientOrBreak) {
  const auto exact = std::get<ReplayToken>(read({"replay", "h1-A"}).value());
  EXPECT_FALSE(exact.is_lenient || exact.break_at);
  EXPECT_TRUE(std::get<ReplayToken>(read({"replay", "--lenient", "h1-A"}).value()).is_lenient);
  EXPECT_EQ(std::get<ReplayToken>(read({"replay", "--break", "12", "h1-A"}).value()).break_at, 12u);
  EXPECT_EQ(code_of({"replay", "--lenient", "--break", "12", "h1-A"}), "flag-without-effect");
  EXPECT_EQ(code_of({"replay", "--break", "soon", "h1-A"}), "usage");
}

TEST(Arguments, SayWhatToFailOn) {
  EXPECT_FALSE(std::get<RunScenario>(read({"run", "x"}).value()).fail_on);
  EXPECT_EQ(std::get<RunScenario>(read({"run", "x", "--fail-on", "warning"}).value()).fail_on,
            FailOn::warning);
  EXPECT_EQ(std::get<JudgeScenarios>(read({"gate"}).value()).fail_on, FailOn::warning);
  EXPECT_EQ(std::get<JudgeScenarios>(read({"gate", "--fail-on", "never"}).value()).fail_on, FailOn::never);
  EXPECT_EQ(code_of({"run", "x", "--fail-on", "all"}), "fail-on-unknown");
}

TEST(Arguments, NameARuleToExplain) {
  EXPECT_EQ(std::get<ExplainRule>(read({"explain", "deadlock"}).value()).rule, "deadlock");
  EXPECT_EQ(code_of({"explain"}), "usage");
}

TEST(Arguments, NameAShell) {
  EXPECT_EQ(code_of({"completion", "bash"}), "read");
  EXPECT_EQ(code_of({"completion", "dos"}), "shell-unknown");
}

TEST(Arguments, MayAskForLines) {
  EXPECT_FALSE(std::get<RunScenario>(read({"run", "x"}).value()).prints_lines);
  EXPECT_TRUE(std::get<RunScenario>(read({"run", "x", "--json"}).value()).prints_lines);
  EXPECT_TRUE(std::get<RunScenario>(read({"run", "--resume", "file", "--json"}).value()).prints_lines);
  EXPECT_TRUE(std::get<ReplayToken>(read({"replay", "h1-A", "--json"}).value()).prints_lines);
  EXPECT_TRUE(std::get<JudgeScenarios>(read({"gate", "--json"}).value()).prints_lines);
  EXPECT_TRUE(std::get<MergeResults>(read({"merge", "file", "--json"}).value()).prints_lines);
}

TEST(Arguments, ThatAskForLinesHaveReportsInFiles) {
  EXPECT_EQ(code_of({"run", "x", "--json", "--report", "text"}), "report-without-file");
  EXPECT_EQ(code_of({"run", "x", "--json", "--report", "html:page.html"}), "read");
}

TEST(Arguments, OfGateMayNameAFolderOfTapes) {
  EXPECT_FALSE(std::get<JudgeScenarios>(read({"gate"}).value()).regressions);
  EXPECT_EQ(std::get<JudgeScenarios>(read({"gate", "--regressions", "tapes"}).value()).regressions, "tapes");
}

TEST(Arguments, OfGateMayNameScenarios) {
  EXPECT_TRUE(std::get<JudgeScenarios>(read({"gate"}).value()).scenarios.empty());
  const auto asked = std::get<JudgeScenarios>(read({"gate", "a", "b", "--budget", "100x"}).value());
  EXPECT_EQ(asked.scenarios, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(asked.budget->executions, 100u);
}

TEST(Arguments, NameTables) {
  EXPECT_EQ(std::get<ShowTable>(read({"list"}).value()).table, Table::scenarios);
  EXPECT_EQ(std::get<ShowTable>(read({"rules"}).value()).table, Table::rules);
  EXPECT_EQ(std::get<ShowTable>(read({"strategies"}).value()).table, Table::strategies);
  EXPECT_EQ(std::get<ShowTable>(read({"worlds"}).value()).table, Table::worlds);
  EXPECT_EQ(std::get<ShowTable>(read({"reports"}).value()).table, Table::reports);
}

TEST(Arguments, MayAskForHelp) {
  EXPECT_TRUE(std::holds_alternative<ShowText>(read({"--help"}).value()));
  EXPECT_TRUE(std::holds_alternative<ShowText>(read({"--version"}).value()));
  const auto help = std::get<ShowText>(read({"run", "--help"}).value());
  EXPECT_NE(help.text.find("--granularity"), std::string::npos);
}

TEST(Arguments, ThatMakeNoSenseAreUsageErrors) {
  for (const auto& words :
       std::vector<std::vector<const char*>>{{},
                                             {"fly"},
                                             {"run"},
                                             {"run", "x", "--bogus"},
                                             {"run", "x", "y"},
                                             {"run", "x", "--seed", "many"},
                                             {"run", "x", "--seed", "-1"},
                                             {"run", "x", "--faults", "kill", "--faults-max", "0"},
                                             {"run", "x", "--findings-max", "0"},
                                             {"replay"},
                                             {"list", "x"}})
    EXPECT_EQ(code_of(words), "usage") << (words.empty() ? "nothing" : words.back());
}

TEST(Arguments, ThatNameNothingSayWhatThereIs) {
  EXPECT_EQ(code_of({"run", "x", "--strategy", "randon"}), "strategy-unknown");
  EXPECT_EQ(code_of({"run", "x", "--world", "wolrd"}), "world-unknown");
  EXPECT_EQ(code_of({"run", "x", "--report", "pdf"}), "report-unknown");
  EXPECT_EQ(code_of({"run", "x", "--granularity", "fine"}), "granularity-unknown");
  EXPECT_EQ(code_of({"run", "x", "--time", "soon"}), "time-unknown");
  EXPECT_EQ(code_of({"run", "x", "--faults", "kill,enterr"}), "fault-unknown");
  EXPECT_NE(read({"run", "x", "--faults", "fd"}).error().hint.find("fds"), std::string::npos);
  EXPECT_EQ(code_of({"gate", "--strategy", "luck"}), "strategy-unknown");
  EXPECT_EQ(code_of({"replay", "h1-A", "--report", "pdf"}), "report-unknown");
  EXPECT_NE(read({"run", "x", "--strategy", "randon"}).error().hint.find("random"), std::string::npos);
}

TEST(Arguments, ThatAreNoBudgetSayHowToWriteOne) {
  for (const char* budget : {"10", "x", "-3x", "0x", "5h", "10 x"})
    EXPECT_EQ(code_of({"run", "x", "--budget", budget}), "budget-malformed") << budget;
}

TEST(Arguments, ThatAWorldIgnoresAreRefused) {
  EXPECT_EQ(code_of({"run", "x", "--world", "host", "--faults", "kill"}), "flag-without-effect");
  EXPECT_EQ(code_of({"run", "x", "--faults-max", "2"}), "flag-without-effect");
  EXPECT_EQ(code_of({"run", "x", "--world", "host", "--time", "races"}), "flag-without-effect");
  EXPECT_EQ(code_of({"run", "x", "--world", "host", "--seed", "4", "--budget", "20x"}), "read");
}

TEST(Arguments, OfSharedRunsAreRead) {
  const auto asked = std::get<RunScenario>(
      read({"run", "x", "--jobs", "4", "--shard", "3/8", "--result", "3.json"}).value());
  EXPECT_EQ(asked.jobs, 4u);
  EXPECT_EQ(asked.shard, (results::Shard{.index = 2, .count = 8}));
  EXPECT_EQ(asked.result, "3.json");
  EXPECT_EQ(std::get<RunScenario>(read({"run", "--resume", "3.json"}).value()).resume, "3.json");
  EXPECT_EQ(std::get<JudgeScenarios>(read({"gate", "--jobs", "2"}).value()).jobs, 2u);
  EXPECT_EQ(std::get<MergeResults>(read({"merge", "a", "b"}).value()).files,
            (std::vector<std::string>{"a", "b"}));
}

TEST(Arguments, OfSharedRunsAreRefusedWhereTheyMakeNoSense) {
  EXPECT_EQ(code_of({"run", "x", "--jobs", "0"}), "usage");
  EXPECT_EQ(code_of({"merge"}), "usage");
  EXPECT_EQ(code_of({"run", "x", "--shard", "8"}), "shard-malformed");
  EXPECT_EQ(code_of({"run", "x", "--jobs", "2", "--strategy", "dpor"}), "strategy-not-shared");
  EXPECT_EQ(code_of({"run", "x", "--shard", "1/2", "--strategy", "dpor"}), "strategy-not-shared");
  EXPECT_EQ(code_of({"run", "x", "--shard", "1/2", "--strategy", "exhaustive"}), "read");
  EXPECT_EQ(code_of({"run", "x", "--result", "f", "--strategy", "exhaustive"}), "read");
  EXPECT_EQ(code_of({"run", "x", "--jobs", "2", "--world", "host"}), "flag-without-effect");
  EXPECT_EQ(code_of({"run", "--resume", "f", "--seed", "3"}), "flag-without-effect");
  EXPECT_EQ(code_of({"run", "x", "--resume", "f"}), "flag-without-effect");
}

TEST(Arguments, OfLinearizableAreRead) {
  const auto asked = std::get<JudgeHistories>(read({"linearizable", "--model", "semaphore", "--format",
                                                    "jepsen", "--value", "3", "--budget", "2m", "a", "b"})
                                                  .value());
  EXPECT_EQ(asked.files, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(asked.model->name, "semaphore");
  EXPECT_EQ(asked.format, histories::Format::jepsen);
  EXPECT_EQ(asked.value, 3);
  EXPECT_EQ(asked.time, std::chrono::minutes(2));
}

TEST(Arguments, OfLinearizableHaveTheModelsOwnValue) {
  EXPECT_EQ(std::get<JudgeHistories>(read({"linearizable", "--model", "semaphore", "a"}).value()).value, 1);
  EXPECT_EQ(std::get<JudgeHistories>(read({"linearizable", "--model", "queue", "a"}).value()).value, 0);
}

TEST(Arguments, OfLinearizableAreRefusedWhereTheyMakeNoSense) {
  EXPECT_EQ(code_of({"linearizable", "--model", "mutex"}), "usage");
  EXPECT_EQ(code_of({"linearizable", "a"}), "usage");
  EXPECT_EQ(code_of({"linearizable", "--model", "cat", "a"}), "model-unknown");
  EXPECT_EQ(code_of({"linearizable", "--model", "mutex", "--format", "csv", "a"}), "format-unknown");
  EXPECT_EQ(code_of({"linearizable", "--model", "mutex", "--budget", "10x", "a"}), "budget-malformed");
  EXPECT_EQ(code_of({"linearizable", "--model", "mutex", "--value", "-1", "a"}), "usage");
}

TEST(Arguments, AreUsageErrorsByExitCode) { EXPECT_EQ(read({"fly"}).error().exit, ExitCode::usage); }

}  // namespace
}  // namespace heddle::cli
