// The HEDDLE_ variables, read from a map in place of the environment.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <heddle/api/environment.hpp>
#include <map>
#include <string>

namespace heddle {
namespace {

Expected<Options> read(const std::map<std::string, std::string>& variables) {
  return read_options([&](const char* variable) {
    const auto found = variables.find(variable);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(Environment, AsksForAThousandExecutionsWhereNothingIsSet) {
  const Options options = read({}).value();
  EXPECT_EQ(options.budget.executions, 1'000u);
  EXPECT_EQ(options.seed, 1u);
  EXPECT_EQ(options.strategy, default_strategy);
}

TEST(Environment, AsksForAHundredTimesAsManyInLongTests) {
  EXPECT_EQ(read({{"HEDDLE_LONG", "1"}}).value().budget.executions, 100'000u);
  EXPECT_EQ(read({{"HEDDLE_LONG", "0"}}).value().budget.executions, 1'000u);
  EXPECT_EQ(read({{"HEDDLE_LONG", ""}}).value().budget.executions, 1'000u);
}

TEST(Environment, CountsABudgetForMoreThanTheLength) {
  EXPECT_EQ(read({{"HEDDLE_LONG", "1"}, {"HEDDLE_BUDGET", "50x"}}).value().budget.executions, 50u);
}

TEST(Environment, SaysBudgetSeedAndStrategy) {
  const Options options =
      read({{"HEDDLE_BUDGET", "30s"}, {"HEDDLE_SEED", "7"}, {"HEDDLE_STRATEGY", "round-robin"}}).value();
  EXPECT_EQ(options.budget.time, std::chrono::seconds(30));
  EXPECT_EQ(options.seed, 7u);
  EXPECT_EQ(options.run.seed, 7u);
  EXPECT_EQ(options.strategy, "round-robin");
}

TEST(Environment, NamesAFileOfSuppressions) {
  const std::string file = std::filesystem::path(testing::TempDir()) / "environment_test.suppressions";
  std::ofstream(file) << "deadlock:door we know\n";
  const Suppressions read_ones = read({{"HEDDLE_SUPPRESSIONS", file}}).value().suppressions;
  ASSERT_EQ(read_ones.lines.size(), 1u);
  EXPECT_EQ(read_ones.lines[0].rule, "deadlock");
  EXPECT_EQ(read_ones.file, file);
  std::filesystem::remove(file);
  EXPECT_EQ(read({{"HEDDLE_SUPPRESSIONS", file}}).error().code, "suppressions-unreadable");
}

TEST(Environment, RefusesWhatCannotBeRead) {
  EXPECT_EQ(read({{"HEDDLE_BUDGET", "much"}}).error().code, "budget-malformed");
  EXPECT_EQ(read({{"HEDDLE_SEED", "7up"}}).error().code, "usage");
  EXPECT_EQ(read({{"HEDDLE_LONG", "yes"}}).error().code, "usage");
}

TEST(Environment, IsThatOfTheProcess) {
  ::setenv("HEDDLE_SEED", "9", 1);
  EXPECT_EQ(options_of_environment().seed, 9u);
  ::setenv("HEDDLE_SEED", "nine", 1);
  EXPECT_THROW(options_of_environment(), std::invalid_argument);
  ::unsetenv("HEDDLE_SEED");
}

}  // namespace
}  // namespace heddle
