// Each classic scenario that is not hard, judged by the gate's own measure: a search finds all that is
// declared and nothing else. The numbers of executions that it takes are what bench/schedules_to_bug
// measures.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/api/heddle.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/cli/judgement.hpp>
#include <scenarios/parameter.hpp>
#include <scenarios/registry.hpp>
#include <string>
#include <vector>

namespace heddle {

namespace {

constexpr std::uint32_t findings_max = 16;

// Some findings of one rule may come before another rule's: the search looks for more until all are there.
Result explore_until_found(const Scenario& scenario) {
  Options options;
  options.run = run_options_of(scenario);
  options.seek_harm = std::ranges::any_of(scenario.expected, &ExpectedFinding::with_harm);
  options.findings_max = static_cast<std::uint32_t>(scenario.expected.size());
  Result result;
  do {
    result = explore(scenario.body, options, std::string(scenario.name));
    ++options.findings_max;
  } while (!cli::has_all_expected(scenario, result) && options.findings_max <= findings_max &&
           result.coverage.executions < options.budget.executions);
  return result;
}

class Classic : public testing::TestWithParam<Scenario> {};

TEST_P(Classic, FindsExactlyWhatItDeclares) {
  const Scenario& scenario = GetParam();
  const std::string name(scenario.name);
  const Result result = explore_until_found(scenario);
  EXPECT_EQ(cli::mismatches(scenario, result), std::vector<std::string>())
      << text_report(result, {.scenario = name, .replay_command = "heddle replay"});
}

std::vector<Scenario> all() {
  std::vector<Scenario> all;
  for (const Scenario& scenario : scenarios())
    if (scenario.name.starts_with("classic/") && !scenario.hard) all.push_back(scenario);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Classic, testing::ValuesIn(all()), test_name);

}  // namespace
}  // namespace heddle
