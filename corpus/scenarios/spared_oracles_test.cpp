// What an oracle is spared, operations on kinds of object that it did not ask for, makes no difference to
// what it finds: shown everything, it says the same.
#include <gtest/gtest.h>

#include <cstdint>
#include <heddle/core/world.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/worlds/sim/world.hpp>
#include <memory>
#include <scenarios/parameter.hpp>
#include <scenarios/registry.hpp>
#include <string>
#include <utility>
#include <vector>

namespace heddle {
namespace {

class ShownAll final : public Oracle {
 public:
  explicit ShownAll(std::unique_ptr<Oracle> oracle) : oracle_(std::move(oracle)) {}
  EventMask interests() const override { return oracle_->interests(); }
  void begin() override { oracle_->begin(); }
  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    oracle_->observe(event, situation, findings);
  }

 private:
  std::unique_ptr<Oracle> oracle_;
};

std::vector<std::string> findings_of(const Scenario& scenario, bool are_shown_all) {
  constexpr std::uint64_t executions = 25;
  std::vector<std::unique_ptr<Oracle>> oracles;
  for (const OracleRow& row : heddle::oracles()) {
    std::unique_ptr<Oracle> oracle = row.make();
    if (are_shown_all) oracle = std::make_unique<ShownAll>(std::move(oracle));
    oracles.push_back(std::move(oracle));
  }
  const std::unique_ptr<World> world = sim::make_world();
  const std::unique_ptr<Strategy> strategy = heddle::strategy("random")->make(1);
  const Program program{.name = std::string(scenario.name), .body = scenario.body};
  std::vector<std::string> found;
  for (std::uint64_t n = 0; n < executions; ++n) {
    strategy->begin(n);
    const Execution& execution =
        world->run(program, run_options_of(scenario), *strategy, oracles, Record::nothing);
    for (const Finding& finding : execution.findings)
      found.push_back(std::to_string(n) + " " + finding.rule + ": " + finding.sentence);
    strategy->end();
  }
  return found;
}

class SparedOracles : public testing::TestWithParam<Scenario> {};

TEST_P(SparedOracles, FindTheSame) {
  EXPECT_EQ(findings_of(GetParam(), false), findings_of(GetParam(), true));
}

std::vector<Scenario> plants() {
  std::vector<Scenario> plants;
  for (const Scenario& scenario : scenarios())
    if (scenario.name.starts_with("misuse/") && !scenario.expected.empty()) plants.push_back(scenario);
  return plants;
}

INSTANTIATE_TEST_SUITE_P(Plants, SparedOracles, testing::ValuesIn(plants()), test_name);

}  // namespace
}  // namespace heddle
