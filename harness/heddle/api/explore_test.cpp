// The doors from C++, over the real simulated world.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>

namespace heddle {
namespace {

Options executions(std::uint64_t count) {
  Options options;
  options.budget.executions = count;
  return options;
}

TEST(Explore, PassesWhatDoesNothingWrong) {
  const Result result = explore([] { outcome("done"); }, executions(10));
  EXPECT_FALSE(std::holds_alternative<Failed>(result.verdict));
  EXPECT_EQ(result.outcomes.size(), 1u);
}

TEST(Explore, FindsTheAlternativeThatFails) {
  const Result result = explore([] { check(choose(3) != 2, "two is wrong"); }, executions(1000));
  const Failed* failed = std::get_if<Failed>(&result.verdict);
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->failures.at(0).finding.rule, "assertion");
}

TEST(Explore, SeesEveryOutcome) {
  const Result result = explore([] { outcome(std::int64_t{choose(4)}); }, executions(1000));
  EXPECT_EQ(result.outcomes.size(), 4u);
}

TEST(Explore, RefusesAnUnknownStrategy) {
  Options options;
  options.strategy = "clairvoyance";
  EXPECT_THROW(explore([] {}, options), std::invalid_argument);
}

TEST(Explore, StopsWhenInterrupted) {
  Options options = executions(1'000'000'000);
  options.is_interrupted = [] { return true; };
  const Result result = explore([] { outcome(std::int64_t{choose(2)}); }, options);
  EXPECT_LT(result.coverage.executions, 1'000'000u);
}

Token token_of(const Result& result) {
  const Failure& failure = std::get<Failed>(result.verdict).failures.at(0);
  return {.scenario = "program",
          .run = failure.run,
          .default_digest = failure.default_digest,
          .tape = failure.tape};
}

void fails_at_two() { check(choose(3) != 2, "two is wrong"); }

TEST(Replay, ShowsTheFindingAgain) {
  const Token token = token_of(explore(fails_at_two, executions(1000)));
  EXPECT_TRUE(std::holds_alternative<Failed>(replay(fails_at_two, token).verdict));
}

TEST(Replay, OfAnotherProgramIsBroken) {
  const Token token = token_of(explore(fails_at_two, executions(1000)));
  EXPECT_TRUE(std::holds_alternative<Broken>(replay([] {}, token).verdict));
}

}  // namespace
}  // namespace heddle
