// Scenarios are found by their whole names, and near misses are answered.
#include <gtest/gtest.h>

#include <heddle/cli/context.hpp>

namespace heddle::cli {
namespace {

const std::vector<Scenario> scenarios{
    {.name = "tutorial/pipe", .summary = "", .expected = {}, .outcomes = {}},
    {.name = "zoo/ring", .summary = "", .expected = {}, .outcomes = {}}};

TEST(FindScenario, FindsByName) { EXPECT_EQ(find_scenario(scenarios, "zoo/ring").value(), &scenarios[1]); }

TEST(FindScenario, SelectsNothingOtherwise) {
  const auto found = find_scenario(scenarios, "pipe");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().exit, ExitCode::nothing);
  EXPECT_NE(found.error().hint.find("tutorial/pipe"), std::string::npos);
}

TEST(FindScenario, SelectsNothingFromNothing) { EXPECT_FALSE(find_scenario({}, "zoo/ring")); }

}  // namespace
}  // namespace heddle::cli
