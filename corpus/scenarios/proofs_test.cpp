// Every interleaving of each proof is run, once, and nothing is wrong in any. The numbers of classes are what
// dpor counted; brute force agrees where it comes to an end.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <scenarios/registry.hpp>
#include <string>

namespace heddle {
namespace {

struct Proof {
  std::string_view name;
  std::uint64_t classes;
};

constexpr Proof proofs[] = {
    {"proofs/manager-locked-2", 4'416},
    {"proofs/value-array-locked-2", 4},
    {"proofs/value-array-locked-3", 48},
    {"proofs/pipe-two-readers-locked-2", 12},
    {"proofs/pipe-two-readers-locked-3", 720},
    {"proofs/lock", 12},
    {"proofs/semaphore", 28},
    {"proofs/pipe", 38},
    {"proofs/value", 12},
};

const Scenario& scenario_of(std::string_view name) {
  for (const Scenario& scenario : scenarios())
    if (scenario.name == name) return scenario;
  throw std::invalid_argument(std::string(name));
}

Result explore_all(std::string_view name, std::string strategy, std::uint64_t executions_max) {
  const Scenario& scenario = scenario_of(name);
  return explore(scenario.body, {.strategy = std::move(strategy),
                                 .budget = {.executions = executions_max},
                                 .run = run_options_of(scenario)});
}

TEST(Proofs, RunEachClassOnceAndFindNothing) {
  for (const Proof& proof : proofs) {
    SCOPED_TRACE(std::string(proof.name));
    const Result result = explore_all(proof.name, "dpor", 10'000);
    EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
    EXPECT_TRUE(result.coverage.exhausted);
    EXPECT_EQ(result.coverage.executions, proof.classes);
    EXPECT_EQ(result.coverage.interleavings, proof.classes);
  }
}

TEST(Proofs, BruteForceCountsTheSameClasses) {
  for (const Proof& proof : {proofs[3], proofs[5], proofs[6], proofs[7], proofs[8]}) {
    SCOPED_TRACE(std::string(proof.name));
    const Result result = explore_all(proof.name, "exhaustive", 2'000'000);
    EXPECT_TRUE(result.coverage.exhausted);
    EXPECT_EQ(result.coverage.interleavings, proof.classes);
  }
}

}  // namespace
}  // namespace heddle
