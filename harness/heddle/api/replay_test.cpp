// Tokens of programs that have been edited since, and tokens in the environment.
#include <gtest/gtest.h>

#include <cstdlib>
#include <heddle/api/heddle.hpp>
#include <heddle/api/replay.hpp>
#include <heddle/trial/trial.hpp>
#include <stdexcept>

namespace heddle {
namespace {

enum class Edit : std::uint8_t { none, elsewhere, longer, renamed, mended };

void idle(mp::Lock& lock, int times) {
  for (int i = 0; i < times; ++i) mp::With held(lock);
}

// Fails if the reader looks between the two things that the writer does.
template <Edit edit>
void looks_in_between() {
  mp::Lock lock({.name = "lock"});
  mp::Lock mine({.name = "mine"});
  mp::Event one({.name = "one"});
  mp::Event other({.name = "other"});
  if (edit == Edit::elsewhere) idle(lock, 3);
  auto writer = trial::start_thread("writer", [&] {
    idle(mine, edit == Edit::longer ? 6 : 2);
    if (edit == Edit::mended) lock.acquire();
    one.set();
    other.set();
    if (edit == Edit::mended) lock.release();
  });
  auto reader = trial::start_thread(edit == Edit::renamed ? "viewer" : "reader", [&] {
    if (edit == Edit::mended) lock.acquire();
    check(!one.is_set() || other.is_set(), "both or neither");
    if (edit == Edit::mended) lock.release();
  });
  writer.join();
  reader.join();
}
constexpr auto original = &looks_in_between<Edit::none>;
constexpr auto mended = &looks_in_between<Edit::mended>;

// The tape is one switch away from the writer, as the random walk's shortest one is.
Token token_of(void (*program)()) {
  const Result result =
      explore(program, {.strategy = "random", .budget = {.executions = 2'000}, .heeds_environment = false});
  const Failure& failure = std::get<Failed>(result.verdict).failures.at(0);
  return {.scenario = "program",
          .run = failure.run,
          .default_digest = failure.default_digest,
          .tape = failure.tape};
}

TEST(ExactReplay, OutlivesAnEditElsewhere) {
  const Result result = replay(&looks_in_between<Edit::elsewhere>, token_of(original));
  EXPECT_TRUE(std::holds_alternative<Failed>(result.verdict));
}

TEST(ExactReplay, SaysWhereItDiverged) {
  const Result result = replay(&looks_in_between<Edit::renamed>, token_of(original));
  const auto* const broken = std::get_if<Broken>(&result.verdict);
  ASSERT_NE(broken, nullptr);
  EXPECT_TRUE(broken->why.starts_with("the replay diverged at step ")) << broken->why;
  EXPECT_NE(broken->why.find("-> main/reader is not to be had; main/writer"), std::string::npos)
      << broken->why;
}

TEST(ExactReplay, SaysThatTheProgramHasChanged) {
  Token token = token_of(original);
  token.tape.entries = {{.task = "main", .kind = ChoiceKind::task, .ordinal = 1, .chosen = "main/nobody"}};
  const std::string changed = "(the program has changed since the token was made)";
  const auto why = [&](void (*program)()) { return std::get<Broken>(replay(program, token).verdict).why; };
  EXPECT_TRUE(why(&looks_in_between<Edit::longer>).ends_with(changed));
  EXPECT_FALSE(why(original).ends_with(changed));
}

TEST(ExactReplay, EndsTheExecutionWhereItDiverges) {
  Token token = token_of(original);
  token.tape.entries = {{.task = "main", .kind = ChoiceKind::task, .ordinal = 1, .chosen = "main/nobody"}};
  const Result result = replay(original, token);
  ASSERT_TRUE(std::holds_alternative<Broken>(result.verdict));
  const std::uint64_t whole = replay(original, {.scenario = "", .run = {}, .tape = {}}).coverage.steps;
  EXPECT_LT(result.coverage.steps, whole / 2);
}

TEST(LenientReplay, OfATapeThatFitsSearchesNothing) {
  const LenientReplay replayed = replay_leniently(original, token_of(original));
  EXPECT_FALSE(replayed.was_searched);
  EXPECT_EQ(replayed.result.coverage.executions, 1u);
  EXPECT_TRUE(std::holds_alternative<Failed>(replayed.result.verdict));
}

void expect_found_again(void (*edited)(), bool fits) {
  const LenientReplay replayed = replay_leniently(edited, token_of(original));
  EXPECT_EQ(!replayed.divergence, fits);
  EXPECT_TRUE(replayed.was_searched);
  const auto* const failed = std::get_if<Failed>(&replayed.result.verdict);
  ASSERT_NE(failed, nullptr);
  const Failure& failure = failed->failures.at(0);
  EXPECT_EQ(failure.finding.rule, "assertion");
  const Token renewed{.scenario = "program",
                      .run = failure.run,
                      .default_digest = failure.default_digest,
                      .tape = failure.tape};
  EXPECT_TRUE(std::holds_alternative<Failed>(replay(edited, renewed).verdict));
}

TEST(LenientReplay, FindsTheFindingAgainWhereATaskHasAnotherName) {
  expect_found_again(&looks_in_between<Edit::renamed>, false);
}

TEST(LenientReplay, FindsTheFindingAgainWhereItsTaskHasMoreToDo) {
  expect_found_again(&looks_in_between<Edit::longer>, true);
}

TEST(LenientReplay, SaysThatTheFindingIsGoneOnlyAfterASearch) {
  const LenientReplay replayed = replay_leniently(mended, token_of(original));
  EXPECT_TRUE(std::holds_alternative<Passed>(replayed.result.verdict));
  EXPECT_TRUE(replayed.was_searched);
  EXPECT_EQ(replayed.result.coverage.executions, near_executions);
}

TEST(LenientReplay, PassesOverFindingsOfOtherRules) {
  const Token token = token_of(original);
  EXPECT_TRUE(std::holds_alternative<Passed>(replay_leniently(original, token, "crash").result.verdict));
  EXPECT_TRUE(std::holds_alternative<Failed>(replay_leniently(original, token, "assertion").result.verdict));
}

class InEnvironment : public testing::Test {
 protected:
  void set(const std::string& text) { ::setenv("HEDDLE_REPLAY", text.c_str(), 1); }
  ~InEnvironment() override { ::unsetenv("HEDDLE_REPLAY"); }
};

TEST_F(InEnvironment, ATokenOfThisNameIsReplayedInsteadOfExploring) {
  set(write_token(token_of(original)));
  const Result result = explore(original, {});
  EXPECT_EQ(result.coverage.executions, 1u);
  EXPECT_TRUE(std::holds_alternative<Failed>(result.verdict));
}

TEST_F(InEnvironment, ATokenOfAnotherNameLeavesTheProgramAsItIs) {
  set(write_token(token_of(original)));
  testing::internal::CaptureStderr();
  const Result result = explore(mended, {.budget = {.executions = 50}}, "another");
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_EQ(result.coverage.executions, 50u);
  EXPECT_NE(said.find("HEDDLE_REPLAY"), std::string::npos);
}

TEST_F(InEnvironment, WhatIsNoTokenIsRefused) {
  set("h1-nothing");
  EXPECT_THROW(explore(mended, {}), std::invalid_argument);
}

TEST_F(InEnvironment, ATokenIsNothingToThoseWhoDoNotHeedIt) {
  set(write_token(token_of(original)));
  const Result result = explore(mended, {.budget = {.executions = 50}, .heeds_environment = false});
  EXPECT_EQ(result.coverage.executions, 50u);
}

}  // namespace
}  // namespace heddle
