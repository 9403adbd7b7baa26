// What is taken from an environment, and what a flag that was typed keeps.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include <heddle/cli/test_runner.hpp>

namespace heddle::cli {
namespace {

using Variables = std::map<std::string, std::string>;

Expected<JudgeScenarios> heeding(const Variables& variables, const JudgeScenarios& asked = {}) {
  return heeding_test_runner(asked, [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(TestRunner, AsksForNothingByDefault) {
  const JudgeScenarios asked = heeding({}).value();
  EXPECT_TRUE(asked.reports.empty());
  EXPECT_EQ(asked.shard.count, 1U);
  EXPECT_EQ(asked.only, "");
}

TEST(TestRunner, SaysWhereBazelLooksForResults) {
  const JudgeScenarios asked =
      heeding({{"XML_OUTPUT_FILE", "out/test.xml"}, {"TEST_UNDECLARED_OUTPUTS_DIR", "out/more"}}).value();
  EXPECT_EQ(asked.reports, (std::vector<ReportAsked>{{.name = "junit", .file = "out/test.xml"},
                                                     {.name = "html", .file = "out/more/heddle.html"}}));
}

TEST(TestRunner, SaysWhichShareAndThatItIsHeeded) {
  const std::string file = std::filesystem::path(testing::TempDir()) / "test_runner_test.shard";
  const JudgeScenarios asked =
      heeding({{"TEST_TOTAL_SHARDS", "3"}, {"TEST_SHARD_INDEX", "1"}, {"TEST_SHARD_STATUS_FILE", file}})
          .value();
  EXPECT_EQ(asked.shard, (results::Shard{.index = 1, .count = 3}));
  EXPECT_TRUE(std::filesystem::remove(file));
}

TEST(TestRunner, IsRefusedIfItSaysNonsense) {
  EXPECT_EQ(heeding({{"TEST_TOTAL_SHARDS", "3"}, {"TEST_SHARD_INDEX", "9"}}).error().code,
            "shard-environment");
}

TEST(TestRunner, CountsForLessThanWhatWasTyped) {
  JudgeScenarios typed;
  typed.scenarios = {"a/b"};
  typed.shard = {.index = 0, .count = 2};
  const JudgeScenarios asked =
      heeding({{"TESTBRIDGE_TEST_ONLY", "c/*"}, {"TEST_TOTAL_SHARDS", "3"}}, typed).value();
  EXPECT_EQ(asked.only, "");
  EXPECT_EQ(asked.shard, typed.shard);
}

TEST(TestRunner, LetsCTestKeepEverything) {
  EXPECT_EQ(line_for_ctest([](const char*) -> const char* { return nullptr; }), "");
  EXPECT_EQ(line_for_ctest([](const char*) { return "1"; }), "CTEST_FULL_OUTPUT\n");
}

}  // namespace
}  // namespace heddle::cli
