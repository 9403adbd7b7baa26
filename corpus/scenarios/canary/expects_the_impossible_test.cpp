// The gate must see the canary fail, and would let the same program pass if it claimed nothing.
#include <gtest/gtest.h>

#include <array>
#include <heddle/api/heddle.hpp>
#include <scenarios/canary/expects_the_impossible.hpp>
#include <scenarios/registry.hpp>
#include <string>

namespace heddle {
namespace {

int gate_over(const Scenario& scenario) {
  std::array<std::string, 4> words = {"heddle", "gate", "--budget", "1000x"};
  std::array<char*, 5> arguments = {words[0].data(), words[1].data(), words[2].data(), words[3].data(),
                                    nullptr};
  return main(4, arguments.data(), std::span(&scenario, 1));
}

TEST(Canary, FailsTheGate) {
  EXPECT_EQ(gate_over(canary::expects_the_impossible()), static_cast<int>(ExitCode::findings));
}

TEST(Canary, PassesTheGateWithoutItsClaim) {
  Scenario honest = canary::expects_the_impossible();
  honest.expected.clear();
  EXPECT_EQ(gate_over(honest), static_cast<int>(ExitCode::clean));
}

TEST(Canary, IsInNoTable) {
  for (const Scenario& scenario : scenarios()) EXPECT_FALSE(scenario.name.starts_with("canary/"));
}

}  // namespace
}  // namespace heddle
