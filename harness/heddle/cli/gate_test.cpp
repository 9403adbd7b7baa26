// The gate's exit code, over explorations that are made up.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <set>

#include <heddle/cli/gate.hpp>

namespace heddle::cli {
namespace {

Scenario scenario(std::string_view name, std::vector<ExpectedFinding> expected = {}) {
  Scenario made;
  made.name = name;
  made.expected = std::move(expected);
  return made;
}

Result found(const std::vector<std::string>& rules) {
  Failed failed;
  for (const std::string& rule : rules) {
    Failure failure;
    failure.finding.rule = rule;
    failed.failures.push_back(failure);
  }
  Result result;
  if (!rules.empty()) result.verdict = failed;
  return result;
}

class GateOver : public testing::Test {
 protected:
  GateOver()
      : fd_(::open("/dev/null", O_WRONLY)),
        output_(fd_),
        status_(
            {}, [this] { return now_; }, [this](std::string_view text) { shown_ += text; }) {}
  ~GateOver() override { ::close(fd_); }

  Expected<ExitCode> judge(const Explore& explore, const JudgeScenarios& asked = {}) {
    const Context context{.scenarios = scenarios_,
                          .replay_command = "heddle replay",
                          .terminal = {},
                          .output = output_,
                          .status = status_,
                          .is_interrupted = [this] { return interrupted_; },
                          .seconds = [this] { return now_; }};
    return run_gate(asked, context, explore);
  }

  double now_ = 0;
  std::string shown_;  // of the status
  const int fd_;
  Output output_;
  Status status_;
  bool interrupted_ = false;
  std::vector<Scenario> scenarios_{scenario("correct"), scenario("plant", {{.rule = "crash"}})};
};

TEST_F(GateOver, WhatIsAsDeclaredIsClean) {
  const auto code = judge([](const Scenario& each, const Options&) {
    return found(each.name == "plant" ? std::vector<std::string>{"crash"} : std::vector<std::string>{});
  });
  EXPECT_EQ(code, ExitCode::clean);
}

TEST_F(GateOver, EachScenarioIsToldByItsNumber) {
  judge([this](const Scenario&, const Options& options) {
    now_ += 10;
    options.status("going on");
    return found({});
  });
  EXPECT_EQ(shown_, "1/2 correct: going on\n2/2 plant: going on\n");
}

TEST_F(GateOver, APlantThatIsMissedFails) {
  EXPECT_EQ(judge([](const Scenario&, const Options&) { return found({}); }), ExitCode::findings);
}

TEST_F(GateOver, FailsOnWhatItIsToldTo) {
  const auto find_both = [](const Scenario&, const Options&) { return found({"crash"}); };
  JudgeScenarios on_errors;
  on_errors.fail_on = FailOn::error;
  EXPECT_EQ(judge(find_both, on_errors), ExitCode::findings);
  const auto warn_too = [](const Scenario& each, const Options&) {
    Result result = found({each.name == "plant" ? "crash" : "sleep-as-synchronisation"});
    if (each.name != "plant")
      std::get<Failed>(result.verdict).failures.front().finding.severity = Severity::warning;
    return result;
  };
  EXPECT_EQ(judge(warn_too), ExitCode::findings);
  EXPECT_EQ(judge(warn_too, on_errors), ExitCode::clean);
}

TEST_F(GateOver, AFindingInACorrectProgramFails) {
  EXPECT_EQ(judge([](const Scenario&, const Options&) { return found({"crash"}); }), ExitCode::findings);
}

TEST_F(GateOver, AnInterruptionIsInconclusive) {
  const auto code = judge([this](const Scenario&, const Options&) {
    interrupted_ = true;
    Result result = found({});
    result.interrupted = true;
    return result;
  });
  EXPECT_EQ(code, ExitCode::inconclusive);
}

TEST_F(GateOver, AFindingBeforeAnInterruptionStillFails) {
  const auto code = judge([this](const Scenario&, const Options&) {
    interrupted_ = true;
    Result result = found({"deadlock"});
    result.interrupted = true;
    return result;
  });
  EXPECT_EQ(code, ExitCode::findings);
}

TEST_F(GateOver, OneScenarioJudgesOnlyThatOne) {
  JudgeScenarios asked;
  asked.scenarios = {"correct"};
  EXPECT_EQ(judge([](const Scenario&, const Options&) { return found({}); }, asked), ExitCode::clean);
}

TEST_F(GateOver, AHardScenarioIsJudgedOnlyWhenNamed) {
  scenarios_.push_back(scenario("hard", {{.rule = "crash"}}));
  scenarios_.back().hard = true;
  std::vector<std::string> judged;
  const auto explore = [&](const Scenario& each, const Options&) {
    judged.emplace_back(each.name);
    return found({});
  };
  EXPECT_EQ(judge(explore), ExitCode::findings);
  EXPECT_EQ(judged, (std::vector<std::string>{"correct", "plant"}));
  judged.clear();
  JudgeScenarios asked;
  asked.scenarios = {"hard"};
  EXPECT_EQ(judge(explore, asked), ExitCode::findings);
  EXPECT_EQ(judged, std::vector<std::string>{"hard"});
}

TEST_F(GateOver, NothingSelectsNothing) {
  JudgeScenarios asked;
  asked.scenarios = {"korrect"};
  EXPECT_EQ(judge({}, asked).error().exit, ExitCode::nothing);
  scenarios_.clear();
  EXPECT_EQ(judge({}).error().exit, ExitCode::nothing);
}

TEST_F(GateOver, SeveralFindingsOfOneRuleLooksOnForTheOther) {
  scenarios_ = {scenario("plant", {{.rule = "crash"}, {.rule = "deadlock"}})};
  std::vector<std::uint32_t> limits;
  const auto code = judge([&](const Scenario&, const Options& options) {
    limits.push_back(options.findings_max);
    return found(options.findings_max == 2 ? std::vector<std::string>{"crash", "crash"}
                                           : std::vector<std::string>{"crash", "crash", "deadlock"});
  });
  EXPECT_EQ(code, ExitCode::clean);
  EXPECT_EQ(limits, (std::vector<std::uint32_t>{2, 3}));
}

TEST_F(GateOver, APlantWithOutcomesLooksOnForThem) {
  scenarios_ = {scenario("plant", {{.rule = "crash"}})};
  scenarios_[0].outcomes = {"1", "2"};
  const auto code = judge([](const Scenario&, const Options& options) {
    Result result = found({"crash"});
    result.outcomes = {"1"};
    if (options.findings_max > 1) result.outcomes.insert("2");
    return result;
  });
  EXPECT_EQ(code, ExitCode::clean);
}

TEST_F(GateOver, ManyScenariosSharesItsMinute) {
  scenarios_.assign(400, scenario("correct"));
  double spent = 0;
  const auto code = judge([&](const Scenario&, const Options& options) {
    now_ += options.budget.time->count();  // as slow as allowed
    spent = now_;
    return found({});
  });
  EXPECT_EQ(code, ExitCode::clean);
  EXPECT_LT(spent, 60);
}

TEST_F(GateOver, PlantsDoNotShareTheMinute) {
  scenarios_.assign(400, scenario("correct"));
  scenarios_.push_back(scenario("error", {{.rule = "crash"}}));
  scenarios_.push_back(scenario("warning", {{.rule = "lock-held-at-exit"}}));
  std::map<std::string_view, Budget> budgets;
  judge([&](const Scenario& each, const Options& options) {
    budgets.try_emplace(each.name, options.budget);  // of the first of its name
    return found({});
  });
  EXPECT_LT(budgets["correct"].time->count(), 1);
  EXPECT_EQ(budgets["error"].executions, 10'000u);
  EXPECT_EQ(budgets["error"].time->count(), 5);
  EXPECT_EQ(budgets["warning"].executions, 1'000u);  // it ends no search
  EXPECT_EQ(budgets["warning"].time->count(), 5);
}

TEST_F(GateOver, ASuiteSaysWhatIsJudgedAndHow) {
  scenarios_ = {scenario("a/one"), scenario("a/two"), scenario("b/one")};
  JudgeScenarios asked;
  asked.suites = {{.name = "first", .scenarios = {"a/t*"}, .strategy = "pct"},
                  {.name = "second", .scenarios = {"b/*", "a/two"}, .budget = Budget{.executions = 5}}};
  std::map<std::string_view, Options> options;
  judge(
      [&](const Scenario& each, const Options& given) {
        options[each.name] = given;
        return found({});
      },
      asked);
  ASSERT_EQ(options.size(), 2U);
  EXPECT_EQ(options["a/two"].strategy, "pct");
  EXPECT_EQ(options["b/one"].budget.executions, 5U);
}

TEST_F(GateOver, SharesAreAllTogetherTheWhole) {
  scenarios_ = {scenario("a"), scenario("b"), scenario("c")};
  std::multiset<std::string> judged;
  for (std::uint32_t index = 0; index < 2; ++index) {
    JudgeScenarios asked;
    asked.shard = {.index = index, .count = 2};
    judge(
        [&](const Scenario& each, const Options&) {
          judged.emplace(each.name);
          return found({});
        },
        asked);
  }
  EXPECT_EQ(judged, (std::multiset<std::string>{"a", "b", "c"}));
}

class GateWithABaseline : public GateOver {
 protected:
  GateWithABaseline() {
    scenarios_ = {scenario("buggy")};
    asked_.baseline = std::filesystem::path(testing::TempDir()) / "gate_test.baseline";
    std::filesystem::remove(asked_.baseline);
  }
  ~GateWithABaseline() override { std::filesystem::remove(asked_.baseline); }

  Expected<ExitCode> judge_finding(const std::vector<std::string>& rules, bool fixes = false) {
    asked_.fixes_baseline = fixes;
    return judge([&](const Scenario&, const Options&) { return found(rules); }, asked_);
  }

  JudgeScenarios asked_;
};

TEST_F(GateWithABaseline, FailsOnlyForWhatIsNew) {
  EXPECT_EQ(judge_finding({"crash"}, true), ExitCode::clean);
  EXPECT_EQ(judge_finding({"crash"}), ExitCode::clean);
  EXPECT_EQ(judge_finding({"crash", "deadlock"}), ExitCode::findings);
}

TEST_F(GateWithABaseline, FailsForWhatIsNoLongerThereUntilItIsFixed) {
  EXPECT_EQ(judge_finding({"crash"}, true), ExitCode::clean);
  EXPECT_EQ(judge_finding({}), ExitCode::findings);
  EXPECT_EQ(judge_finding({}, true), ExitCode::clean);
  EXPECT_EQ(judge_finding({}), ExitCode::clean);
}

TEST_F(GateWithABaseline, LooksOnWhenItHasFoundWhatIsKnown) {
  EXPECT_EQ(judge_finding({"crash"}, true), ExitCode::clean);
  std::uint32_t limit = 0;
  judge(
      [&](const Scenario&, const Options& options) {
        limit = options.findings_max;
        return found({"crash"});
      },
      asked_);
  EXPECT_GT(limit, 1U);
}

TEST_F(GateWithABaseline, KeepsWhatIsKnownOfScenariosThatAreNotJudged) {
  scenarios_ = {scenario("buggy"), scenario("other")};
  EXPECT_EQ(judge_finding({"crash"}, true), ExitCode::clean);
  asked_.scenarios = {"other"};
  EXPECT_EQ(judge_finding({}, true), ExitCode::clean);
  asked_.scenarios = {"buggy"};
  EXPECT_EQ(judge_finding({"crash"}), ExitCode::clean);
}

TEST_F(GateWithABaseline, StillMissesAPlant) {
  scenarios_ = {scenario("plant", {{.rule = "crash"}})};
  EXPECT_EQ(judge_finding({}, true), ExitCode::findings);
}

TEST_F(GateWithABaseline, HasToHaveOne) { EXPECT_EQ(judge_finding({}).error().code, "baseline-unreadable"); }

TEST_F(GateOver, ABudgetGivesEachScenarioAllOfIt) {
  JudgeScenarios asked;
  asked.budget = Budget{.executions = 77, .time = std::nullopt};
  judge(
      [](const Scenario&, const Options& options) {
        EXPECT_EQ(options.budget.executions, 77u);
        EXPECT_FALSE(options.budget.time);
        return found({});
      },
      asked);
}

}  // namespace
}  // namespace heddle::cli
