// The HEDDLE_ variables, read from a map in place of the environment.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/gtest/settings.hpp>
#include <map>
#include <string>

namespace heddle::gtest {
namespace {

Expected<Settings> read(const std::map<std::string, std::string>& variables) {
  return read_settings([&](const char* variable) {
    const auto found = variables.find(variable);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(Settings, AreAThousandExecutionsWhereNothingIsSet) {
  const Settings settings = read({}).value();
  EXPECT_EQ(settings.options.budget.executions, 1'000u);
  EXPECT_EQ(settings.options.seed, 1u);
  EXPECT_EQ(settings.options.strategy, default_strategy);
  EXPECT_FALSE(settings.replay.has_value());
}

TEST(Settings, TakeBudgetSeedAndStrategy) {
  const Settings settings =
      read({{"HEDDLE_BUDGET", "30s"}, {"HEDDLE_SEED", "7"}, {"HEDDLE_STRATEGY", "round-robin"}}).value();
  EXPECT_EQ(settings.options.budget.time, std::chrono::seconds(30));
  EXPECT_EQ(settings.options.seed, 7u);
  EXPECT_EQ(settings.options.run.seed, 7u);
  EXPECT_EQ(settings.options.strategy, "round-robin");
}

TEST(Settings, CountAnEmptyVariableAsUnset) {
  EXPECT_EQ(read({{"HEDDLE_BUDGET", ""}}).value().options.budget.executions, 1'000u);
}

TEST(Settings, TakeATokenToReplay) {
  Token token;
  token.scenario = "Suite.Name";
  EXPECT_EQ(read({{"HEDDLE_REPLAY", write_token(token)}}).value().replay, token);
}

TEST(Settings, RefuseWhatCannotBeRead) {
  EXPECT_EQ(read({{"HEDDLE_BUDGET", "much"}}).error().code, "budget-malformed");
  EXPECT_EQ(read({{"HEDDLE_SEED", "7up"}}).error().code, "usage");
  EXPECT_FALSE(read({{"HEDDLE_REPLAY", "h1-nothing"}}).has_value());
}

}  // namespace
}  // namespace heddle::gtest
