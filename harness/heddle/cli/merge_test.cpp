// From run to file to merge, and what merge says to files that do not belong together.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/merge.hpp>
#include <heddle/cli/run.hpp>
#include <heddle/trial/print_pipe.hpp>
#include <mp/sync/lock.hpp>

namespace heddle::cli {
namespace {

void chooses_well() { outcome(std::int64_t{choose(4)}); }
void locks() { static_cast<void>(mp::Lock().acquire()); }
void chooses_badly() { check(choose(50) != 7, "seven is wrong"); }

class Merge : public testing::Test {
 protected:
  Merge()
      : output_(print_.into()),
        status_(
            {}, [] { return 0.0; }, [](std::string_view) {}) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
  }
  ~Merge() override { std::filesystem::remove_all(folder_); }

  bool has_printed(std::string_view words) const { return print_.printed().find(words) != std::string::npos; }
  std::string file(const std::string& name) const { return folder_ / name; }

  RunScenario asking(std::string scenario, std::uint32_t number, std::uint32_t count) const {
    RunScenario asked;
    asked.scenario = std::move(scenario);
    asked.budget = Budget{.executions = 300, .time = std::nullopt};
    asked.shard = {.index = number - 1, .count = count};
    asked.result = file(std::to_string(number));
    return asked;
  }
  Expected<ExitCode> run(const std::string& scenario, std::uint32_t number, std::uint32_t count) {
    return run_scenario(asking(scenario, number, count), context_);
  }
  Expected<ExitCode> merge(const std::vector<std::string>& names) {
    MergeResults asked;
    for (const std::string& name : names) asked.files.push_back(file(name));
    return merge_results(asked, context_);
  }
  std::string code_of(const std::vector<std::string>& names) {
    const auto merged = merge(names);
    return merged ? "merged" : merged.error().code;
  }

  const std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "merge_test";
  trial::PrintPipe print_;
  std::vector<Scenario> scenarios_{{.name = "good", .summary = "", .body = &chooses_well},
                                   {.name = "bad", .summary = "", .body = &chooses_badly}};
  Output output_;
  Status status_;
  bool is_interrupted_ = false;
  Context context_{.scenarios = scenarios_,
                   .replay_command = "heddle replay",
                   .terminal = {},
                   .output = output_,
                   .status = status_,
                   .is_interrupted = [this] { return is_interrupted_; },
                   .seconds = [] { return 0.0; }};
};

TEST_F(Merge, OfAllShardsIsTheWholeRun) {
  for (const std::uint32_t number : {1u, 2u, 3u}) ASSERT_EQ(run("good", number, 3), ExitCode::clean);
  EXPECT_EQ(merge({"3", "1", "2"}), ExitCode::clean);
  EXPECT_TRUE(has_printed("\n  300 executions"));
}

TEST_F(Merge, HasTheFindingsOfAll) {
  for (const std::uint32_t number : {1u, 2u}) ASSERT_TRUE(run("bad", number, 2));
  EXPECT_EQ(merge({"1", "2"}), ExitCode::findings);
}

TEST_F(Merge, WithoutOneShardIsInconclusiveAndNamesIt) {
  for (const std::uint32_t number : {1u, 3u}) ASSERT_EQ(run("good", number, 3), ExitCode::clean);
  EXPECT_EQ(merge({"1", "3"}), ExitCode::inconclusive);
  EXPECT_TRUE(has_printed("shard 2 of 3 is missing"));
}

TEST_F(Merge, WithoutOneShardKeepsTheFindingsOfTheOthers) {
  ASSERT_EQ(run("bad", 1, 2), ExitCode::findings);
  EXPECT_EQ(merge({"1"}), ExitCode::findings);
}

TEST_F(Merge, OfAnInterruptedShardIsInconclusiveUntilItHasGoneOn) {
  ASSERT_EQ(run("good", 1, 2), ExitCode::clean);
  is_interrupted_ = true;
  ASSERT_EQ(run("good", 2, 2), ExitCode::inconclusive);
  is_interrupted_ = false;
  EXPECT_EQ(merge({"1", "2"}), ExitCode::inconclusive);
  EXPECT_TRUE(has_printed("shard 2 of 2 did not come to its end"));
  RunScenario rest;
  rest.resume = file("2");
  EXPECT_EQ(run_scenario(rest, context_), ExitCode::clean);
  EXPECT_EQ(merge({"1", "2"}), ExitCode::clean);
  EXPECT_TRUE(has_printed("\n  300 executions"));
}

TEST_F(Merge, RefusesAShardThatIsThereTwice) {
  ASSERT_TRUE(run("good", 1, 2));
  std::filesystem::copy(file("1"), file("again"));
  EXPECT_EQ(code_of({"1", "again"}), "shard-twice");
  EXPECT_NE(merge({"1", "again"}).error().what.find("again"), std::string::npos);
}

TEST_F(Merge, RefusesWhatIsOfDifferentRuns) {
  ASSERT_TRUE(run("good", 1, 3));
  ASSERT_TRUE(run("bad", 2, 3));
  EXPECT_EQ(code_of({"1", "2"}), "result-mixed");
  ASSERT_TRUE(run("good", 2, 4));
  EXPECT_EQ(code_of({"1", "2"}), "result-mixed");
  RunScenario other = asking("good", 2, 3);
  other.seed = 5;
  ASSERT_TRUE(run_scenario(other, context_));
  EXPECT_EQ(code_of({"1", "2"}), "result-mixed");
  EXPECT_NE(merge({"1", "2"}).error().what.find("seed: 1 and 5"), std::string::npos);
}

TEST_F(Merge, RefusesResultsOfAProgramThatHasChanged) {
  ASSERT_TRUE(run("good", 1, 1));
  scenarios_[0].body = &locks;
  EXPECT_EQ(code_of({"1"}), "result-foreign");
  RunScenario rest;
  rest.resume = file("1");
  EXPECT_EQ(run_scenario(rest, context_).error().code, "result-foreign");
}

TEST_F(Merge, RefusesWhatIsNoResult) {
  EXPECT_EQ(code_of({"nowhere"}), "result-unreadable");
  std::ofstream(file("text")) << "hello";
  EXPECT_EQ(code_of({"text"}), "result-malformed");
}

TEST_F(Merge, OfAResultThatCannotBeWrittenFailsBeforeTheSearch) {
  RunScenario asked = asking("bad", 1, 1);
  asked.result = folder_ / "nowhere" / "1";
  EXPECT_EQ(run_scenario(asked, context_).error().code, "result-unwritable");
}

}  // namespace
}  // namespace heddle::cli
