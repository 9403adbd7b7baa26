// Each card of the zoo, explored as a user would: over the variant with the mistake exactly what is declared
// is found, from either of two seeds, within a thousand executions; over the variant without it nothing is.
// The search does not stop at the first finding, so that a second mistake in a variant is noticed.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/trial/effort.hpp>
#include <scenarios/parameter.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>
#include <vector>

namespace heddle {

namespace {

constexpr std::uint64_t executions = 1'000;

void expect_what_is_declared(const Scenario& scenario, std::uint64_t seed) {
  Options options{.seed = seed, .run = run_options_of(scenario), .findings_max = 8};
  options.run.seed = seed;
  options.budget.executions = scenario.expected.empty() ? trial::effort(executions) : executions;
  const std::string name(scenario.name);
  const Result result = explore(scenario.body, options, name);
  EXPECT_EQ(cli::mismatches(scenario, result), std::vector<std::string>())
      << text_report(result, {.scenario = name, .replay_command = "heddle replay"});
}

class Zoo : public testing::TestWithParam<Scenario> {};

TEST_P(Zoo, FindsExactlyWhatItDeclares) { expect_what_is_declared(GetParam(), 1); }

TEST_P(Zoo, FindsItFromAnotherSeedToo) { expect_what_is_declared(GetParam(), 2); }

INSTANTIATE_TEST_SUITE_P(Cards, Zoo, testing::ValuesIn(zoo_scenarios()), test_name);

TEST(ZooScenarios, HaveATwinForEachCard) {
  const std::vector<Scenario> all = zoo_scenarios();
  for (std::size_t plant = 0; plant + 1 < all.size(); plant += 2) {
    EXPECT_FALSE(all[plant].expected.empty()) << all[plant].name;
    EXPECT_EQ(all[plant + 1].name, std::string(all[plant].name) + "-fixed");
    EXPECT_TRUE(all[plant + 1].expected.empty()) << all[plant + 1].name;
    EXPECT_EQ(run_options_of(all[plant]), run_options_of(all[plant + 1])) << all[plant].name;
  }
}

}  // namespace
}  // namespace heddle
