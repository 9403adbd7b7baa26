// What flags say, and that they count for more than the environment.
#include <gtest/gtest.h>

#include <heddle/gtest/flags.hpp>
#include <vector>

namespace heddle::gtest {
namespace {

Expected<Lookup> read(const std::vector<std::string>& arguments) {
  return with_flags(arguments, [](const char* variable) -> const char* {
    return std::string_view(variable) == "HEDDLE_SEED" ? "3" : nullptr;
  });
}

TEST(Flags, SayWhatVariablesDo) {
  const Lookup lookup = read({"./my_test", "--gtest_filter=*", "--heddle-budget=30s"}).value();
  EXPECT_STREQ(lookup("HEDDLE_BUDGET"), "30s");
  EXPECT_STREQ(lookup("HEDDLE_SEED"), "3");
  EXPECT_EQ(lookup("HEDDLE_STRATEGY"), nullptr);
}

TEST(Flags, CountForMoreThanVariables) {
  EXPECT_STREQ(read({"--heddle-seed=7"}).value()("HEDDLE_SEED"), "7");
}

TEST(Flags, MakeTestsLong) {
  EXPECT_EQ(read_options(read({"--heddle-long"}).value()).value().budget.executions, 100'000u);
  EXPECT_EQ(read_options(read({"--heddle-long=0"}).value()).value().budget.executions, 1'000u);
}

TEST(Flags, AreRefusedWhereNobodyKnowsThem) {
  EXPECT_EQ(read({"--heddle-lnog"}).error().code, "usage");
  EXPECT_NE(read({"--heddle-lnog"}).error().hint.find("--heddle-long"), std::string::npos);
  EXPECT_EQ(read({"--heddle-seed"}).error().code, "usage");
  EXPECT_TRUE(read({"--other-lnog"}).has_value());
}

}  // namespace
}  // namespace heddle::gtest
