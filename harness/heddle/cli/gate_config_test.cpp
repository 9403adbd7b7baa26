// What a configuration says, and what is answered to one that is wrong.
#include <gtest/gtest.h>

#include <heddle/cli/gate_config.hpp>

namespace heddle::cli {
namespace {

constexpr const char* whole = R"(
[gate]
strategy = "pct"
seed = 7
budget = "2000x"
budget-total = "10m"
jobs = 2
regressions = "tapes"
suppressions = "suppressions.txt"
baseline = "known.json"
reports = ["junit:out/heddle.xml", "html:out/heddle.html"]

[[suite]]
name = "queues"
scenarios = ["queues/*", "pipes/one"]
budget = "30s"
faults = ["kill"]

[[suite]]
scenarios = ["*"]
strategy = "random"
)";

JudgeScenarios read(const std::string& text) { return read_gate_config(text, "ci/heddle.toml").value(); }
Error error_of(const std::string& text) { return read_gate_config(text, "ci/heddle.toml").error(); }

TEST(GateConfig, SaysWhatACommandLineWould) {
  const JudgeScenarios asked = read(whole);
  EXPECT_EQ(asked.strategy, "pct");
  EXPECT_EQ(asked.seed, 7U);
  EXPECT_EQ(asked.budget->executions, 2000U);
  EXPECT_EQ(asked.time->count(), 600);
  EXPECT_EQ(asked.jobs, 2U);
}

TEST(GateConfig, SaysWhatItFailsOn) {
  EXPECT_EQ(read(whole).fail_on, FailOn::warning);
  EXPECT_EQ(read("[gate]\nfail-on = \"error\"\n").fail_on, FailOn::error);
  EXPECT_EQ(error_of("[gate]\nfail-on = \"all\"\n").code, "config-malformed");
}

TEST(GateConfig, TellsFilesFromItsOwnFolder) {
  const JudgeScenarios asked = read(whole);
  EXPECT_EQ(asked.regressions, "ci/tapes");
  EXPECT_EQ(asked.suppressions_file, "ci/suppressions.txt");
  EXPECT_EQ(asked.baseline, "ci/known.json");
  ASSERT_EQ(asked.reports.size(), 2U);
  EXPECT_EQ(asked.reports[0], (ReportAsked{.name = "junit", .file = "ci/out/heddle.xml"}));
}

TEST(GateConfig, HasSuites) {
  const JudgeScenarios asked = read(whole);
  ASSERT_EQ(asked.suites.size(), 2U);
  EXPECT_EQ(asked.suites[0].name, "queues");
  EXPECT_EQ(asked.suites[0].scenarios, (std::vector<std::string>{"queues/*", "pipes/one"}));
  EXPECT_EQ(asked.suites[0].faults, FaultSet{ChoiceKind::kill});
  EXPECT_EQ(asked.suites[0].faults_max, 1U);
  EXPECT_EQ(asked.suites[1].strategy, "random");
}

TEST(GateConfig, IsAllByDefaultIfEmpty) {
  const JudgeScenarios asked = read("");
  EXPECT_EQ(asked.strategy, default_strategy);
  EXPECT_FALSE(asked.budget);
  EXPECT_TRUE(asked.suites.empty());
}

TEST(GateConfig, IsAnsweredWithItsLine) {
  const Error error = error_of("[gate]\nsed = 7\n");
  EXPECT_EQ(error.code, "config-malformed");
  EXPECT_NE(error.what.find("ci/heddle.toml:2:"), std::string::npos) << error.what;
  EXPECT_NE(error.hint.find("seed"), std::string::npos) << error.hint;
}

TEST(GateConfig, RefusesWhatMeansNothing) {
  for (const char* text :
       {"[gate\n", "[gate]\nseed = \"7\"\n", "[gate]\nseed = -1\n", "[gate]\nbudget = \"much\"\n",
        "[gate]\nbudget-total = \"100x\"\n", "[gate]\nstrategy = \"clairvoyance\"\n",
        "[gate]\nreports = [\"pdf:x\"]\n", "[gate]\nreports = [\"json\"]\n", "[gate]\nreports = \"json:x\"\n",
        "gate = 1\n", "suite = 1\n", "[[suite]]\nname = \"empty\"\n",
        "[[suite]]\nscenarios = [\"*\"]\nfaults = [\"plague\"]\n", "[other]\n"})
    EXPECT_EQ(error_of(text).code, "config-malformed") << text;
}

TEST(GateConfig, HasToBeThere) {
  EXPECT_EQ(load_gate_config("nowhere/heddle.toml").error().code, "config-unreadable");
}

}  // namespace
}  // namespace heddle::cli
