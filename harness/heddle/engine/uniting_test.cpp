// Shares of a search as one.
#include <gtest/gtest.h>

#include <algorithm>

#include <heddle/engine/uniting.hpp>

namespace heddle {
namespace {

Catch caught(std::string rule, std::uint64_t found_at, Harm harm = Harm::seen) {
  Catch made;
  made.finding.rule = std::move(rule);
  made.finding.harm = harm;
  made.found_at = found_at;
  return made;
}

Partial part(std::uint64_t executions, std::vector<std::uint64_t> interleavings) {
  Partial made;
  made.ended = true;
  made.made = executions;
  made.coverage.executions = executions;
  made.coverage.interleavings = interleavings.size();
  made.interleavings = std::move(interleavings);
  return made;
}

TEST(Uniting, OfNothingIsAnEmptySearch) {
  EXPECT_EQ(unite({}).coverage.executions, 0u);
  EXPECT_FALSE(unite({}).ended);
}

TEST(Uniting, CountsAnInterleavingThatTwoHaveSeenOnce) {
  const std::vector<Partial> parts{part(3, {5, 7}), part(4, {7, 9, 11})};
  EXPECT_EQ(unite(parts).coverage.executions, 7u);
  EXPECT_EQ(unite(parts).coverage.interleavings, 4u);
}

TEST(Uniting, WithoutAllHashesIsALowerBound) {
  std::vector<Partial> parts{part(3, {5}), part(9, {5, 6})};
  parts[1].coverage.interleavings = 9;
  EXPECT_EQ(unite(parts).coverage.interleavings, 9u);
}

TEST(Uniting, KeepsEachBugOnceAsTheFirstHadIt) {
  std::vector<Partial> parts{part(9, {}), part(9, {})};
  parts[0].caught = {caught("crash", 8), caught("deadlock", 9)};
  parts[1].caught = {caught("crash", 3)};
  const std::vector<Catch> united = unite(parts).caught;
  ASSERT_EQ(united.size(), 2u);
  EXPECT_EQ(united[0].finding.rule, "crash");
  EXPECT_EQ(united[0].found_at, 3u);
  EXPECT_EQ(united[1].finding.rule, "deadlock");
}

TEST(Uniting, AddsUpWhatDidNotEndAndWhatNobodyCouldTell) {
  std::vector<Partial> parts{part(9, {}), part(9, {})};
  parts[0].given_up = 2;
  parts[0].left_open = 1;
  parts[1].left_open = 4;
  EXPECT_EQ(unite(parts).given_up, 2u);
  EXPECT_EQ(unite(parts).left_open, 5u);
}

TEST(Uniting, PrefersDamageToAPrediction) {
  std::vector<Partial> parts{part(9, {}), part(9, {})};
  parts[0].caught = {caught("lost-update", 2, Harm::predicted)};
  parts[1].caught = {caught("lost-update", 5, Harm::seen)};
  const std::vector<Catch> united = unite(parts).caught;
  ASSERT_EQ(united.size(), 1u);
  EXPECT_EQ(united[0].finding.harm, Harm::seen);
  EXPECT_EQ(united[0].found_at, 2u);
}

TEST(Uniting, PrefersASightInTheTimeModeThatWasAskedFor) {
  std::vector<Partial> parts{part(9, {}), part(9, {})};
  parts[0].caught = {caught("crash", 2)};
  parts[0].caught[0].is_beyond = true;
  parts[1].caught = {caught("crash", 5)};
  const std::vector<Catch> united = unite(parts).caught;
  ASSERT_EQ(united.size(), 1u);
  EXPECT_FALSE(united[0].is_beyond);
  EXPECT_EQ(united[0].found_at, 5u);
}

TEST(Uniting, DoesNotDependOnTheOrder) {
  std::vector<Partial> parts{part(9, {1}), part(9, {2})};
  parts[0].caught = {caught("b", 4), caught("a", 8)};
  parts[1].caught = {caught("a", 4)};
  const Partial forth = unite(parts);
  std::ranges::reverse(parts);
  const Partial back = unite(parts);
  ASSERT_EQ(forth.caught.size(), back.caught.size());
  for (std::size_t i = 0; i < forth.caught.size(); ++i) {
    EXPECT_EQ(forth.caught[i].finding.rule, back.caught[i].finding.rule);
    EXPECT_EQ(forth.caught[i].found_at, back.caught[i].found_at);
  }
}

TEST(Uniting, HasVariedIfTheFirstSchedulesDiffer) {
  std::vector<Partial> parts{part(1, {1}), part(1, {2}), part(0, {})};
  EXPECT_FALSE(unite(parts).has_varied);
  parts[1].first_schedule = 77;
  EXPECT_TRUE(unite(parts).has_varied);
}

TEST(Uniting, IsExhaustedIfAllAreThatHadAnything) {
  std::vector<Partial> parts{part(4, {}), part(4, {}), part(0, {})};
  parts[0].coverage.exhausted = true;
  EXPECT_FALSE(unite(parts).coverage.exhausted);
  parts[1].coverage.exhausted = true;
  EXPECT_TRUE(unite(parts).coverage.exhausted);
}

TEST(Uniting, HasEndedIfAllHave) {
  std::vector<Partial> parts{part(4, {}), part(4, {})};
  EXPECT_TRUE(unite(parts).ended);
  parts[1].ended = false;
  EXPECT_FALSE(unite(parts).ended);
}

TEST(Uniting, LetsGoOfWhatAnotherShareHasRefuted) {
  std::vector<Partial> parts{part(9, {}), part(9, {})};
  parts[0].caught = {caught("race", 2, Harm::predicted)};
  parts[0].caught[0].finding.parties = {{.who = "main", .operation = "", .where = mp::Location::current()}};
  parts[1].refuted = {{"race", place_of(parts[0].caught[0].finding.parties[0].where)}};
  EXPECT_TRUE(unite(parts).caught.empty());
  EXPECT_EQ(unite(parts).refuted, parts[1].refuted);
}

}  // namespace
}  // namespace heddle
