// The same seed gives the same histories, execution by execution; another seed gives others. What other
// compilers and other processes give is compared by ci/determinism.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/trial/effort.hpp>
#include <scenarios/registry.hpp>

namespace heddle {
namespace {

Options with_seed(const Scenario& scenario, std::uint64_t seed, std::uint64_t executions) {
  Options options{.seed = seed, .budget = {.executions = executions}, .run = run_options_of(scenario)};
  options.run.seed = seed;
  return options;
}

bool is_one_of_many(const Scenario& scenario) {
  return scenario.name.starts_with("misuse/") || scenario.name.starts_with("zoo/");
}

// The hard scenarios are the large ones.
std::uint64_t many(const Scenario& scenario) {
  if (is_one_of_many(scenario)) return 30;
  return scenario.hard ? 50 : 300;
}

class Determinism : public testing::TestWithParam<Scenario> {};

class Diversity : public Determinism {};

TEST_P(Determinism, TheSameSeedGivesTheSameDigestOfManyExecutions) {
  const Scenario& scenario = GetParam();
  const Options options = with_seed(scenario, 7, trial::effort(many(scenario)));
  EXPECT_EQ(digest(scenario.body, options), digest(scenario.body, options));
}

TEST_P(Diversity, AnotherSeedGivesAnotherDigest) {
  const Scenario& scenario = GetParam();
  EXPECT_NE(digest(scenario.body, with_seed(scenario, 7, many(scenario) / 10)),
            digest(scenario.body, with_seed(scenario, 8, many(scenario) / 10)));
}

std::vector<Scenario> all() { return {scenarios().begin(), scenarios().end()}; }

// The programs of misuse and of the zoo are so small that some have a handful of histories.
std::vector<Scenario> with_many_histories() {
  std::vector<Scenario> chosen;
  for (const Scenario& scenario : scenarios())
    if (!is_one_of_many(scenario)) chosen.push_back(scenario);
  return chosen;
}

std::string test_name(const testing::TestParamInfo<Scenario>& info) {
  std::string name(info.param.name);
  for (char& each : name)
    if (each == '/' || each == '-') each = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Determinism, testing::ValuesIn(all()), test_name);
INSTANTIATE_TEST_SUITE_P(Scenarios, Diversity, testing::ValuesIn(with_many_histories()), test_name);

}  // namespace
}  // namespace heddle
