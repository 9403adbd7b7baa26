// What a HEDDLE_TEST reads besides the options of any test: a token.
#include <gtest/gtest.h>

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

TEST(Settings, TakeTheOptionsOfTheEnvironment) {
  EXPECT_EQ(read({{"HEDDLE_LONG", "1"}}).value().options.budget.executions, 100'000u);
  EXPECT_FALSE(read({}).value().replay.has_value());
  EXPECT_FALSE(read({{"HEDDLE_REPLAY", ""}}).value().replay.has_value());
}

TEST(Settings, TakeATokenToReplay) {
  Token token;
  token.scenario = "Suite.Name";
  EXPECT_EQ(read({{"HEDDLE_REPLAY", write_token(token)}}).value().replay, token);
}

TEST(Settings, RefuseWhatCannotBeRead) {
  EXPECT_EQ(read({{"HEDDLE_BUDGET", "much"}}).error().code, "budget-malformed");
  EXPECT_FALSE(read({{"HEDDLE_REPLAY", "h1-nothing"}}).has_value());
}

}  // namespace
}  // namespace heddle::gtest
