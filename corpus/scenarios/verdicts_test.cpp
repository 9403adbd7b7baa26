// Each scenario of the tutorial and of the faults, explored and judged as the gate does: it finds exactly
// what it declares. Other than the gate, which explores more, the search does not stop at the first finding,
// so that a second bug in a plant is noticed.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/trial/effort.hpp>
#include <scenarios/parameter.hpp>
#include <scenarios/registry.hpp>
#include <string>
#include <vector>

namespace heddle {

namespace {

Options options_for(const Scenario& scenario) {
  Options options;
  options.run = run_options_of(scenario);
  options.budget.executions = scenario.expected.empty() ? trial::effort(2'000) : 2'000;
  options.findings_max = 8;
  return options;
}

class Verdicts : public testing::TestWithParam<Scenario> {};

TEST_P(Verdicts, FindsExactlyWhatItDeclares) {
  const Scenario& scenario = GetParam();
  const std::string name(scenario.name);
  const Result result = explore(scenario.body, options_for(scenario), name);
  EXPECT_EQ(cli::mismatches(scenario, result), std::vector<std::string>())
      << text_report(result, {.scenario = name, .replay_command = "heddle replay"});
}

std::vector<Scenario> all() {
  std::vector<Scenario> all;
  for (const Scenario& scenario : scenarios())
    if (scenario.name.starts_with("tutorial/") || scenario.name.starts_with("faults/"))
      all.push_back(scenario);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Verdicts, testing::ValuesIn(all()), test_name);

}  // namespace
}  // namespace heddle
