// Each program of the misuse corpus, explored as a user would: of a program with a mistake exactly what it
// declares is found, from either of two seeds, within a thousand executions; its mended twin is silent. The
// search does not stop at the first finding, so that a second mistake in a plant is noticed.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/trial/effort.hpp>
#include <scenarios/misuse/misuse.hpp>
#include <scenarios/parameter.hpp>
#include <string>
#include <vector>

namespace heddle {

namespace {

constexpr std::uint64_t executions = 1'000;

// An execution that ends in a livelock is thousands of steps long, and few of them tell as much.
constexpr std::uint64_t executions_of_livelocks = 100;

std::uint64_t executions_for(const Scenario& scenario) {
  if (scenario.expected.empty()) return trial::effort(executions);
  return scenario.expected.front().rule == "livelock" ? executions_of_livelocks : executions;
}

void expect_what_is_declared(const Scenario& scenario, std::uint64_t seed) {
  Options options{.seed = seed, .run = run_options_of(scenario), .findings_max = 8};
  options.run.seed = seed;
  options.budget.executions = executions_for(scenario);
  const std::string name(scenario.name);
  const Result result = explore(scenario.body, options, name);
  EXPECT_EQ(cli::mismatches(scenario, result), std::vector<std::string>())
      << text_report(result, {.scenario = name, .replay_command = "heddle replay"});
}

class Misuse : public testing::TestWithParam<Scenario> {};

TEST_P(Misuse, FindsExactlyWhatItDeclares) { expect_what_is_declared(GetParam(), 1); }

TEST_P(Misuse, FindsItFromAnotherSeedToo) { expect_what_is_declared(GetParam(), 2); }

INSTANTIATE_TEST_SUITE_P(Scenarios, Misuse, testing::ValuesIn(misuse_scenarios()), test_name);

}  // namespace
}  // namespace heddle
