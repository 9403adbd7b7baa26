// Which catch of a bug is kept.
#include <gtest/gtest.h>

#include <heddle/core/location_at.hpp>
#include <heddle/engine/catches.hpp>
#include <initializer_list>

namespace heddle {
namespace {

Finding finding(std::string rule, Harm harm = Harm::seen) {
  Finding made;
  made.rule = std::move(rule);
  made.harm = harm;
  return made;
}

/// Whether the catch was kept; one of a bug that has a number keeps it.
bool keep(Catches& catches, const Finding& finding, std::uint64_t found_at, bool is_beyond = false) {
  Catch* const place = catches.place_for(finding, is_beyond, true);
  if (place == nullptr) return false;
  *place = {.finding = finding,
            .found_at = place->found_at != 0 ? place->found_at : found_at,
            .is_beyond = is_beyond};
  return true;
}

TEST(Catches, KeepABugOnce) {
  Catches catches;
  EXPECT_TRUE(keep(catches, finding("crash"), 1));
  EXPECT_FALSE(keep(catches, finding("crash"), 2));
  EXPECT_TRUE(keep(catches, finding("deadlock"), 3));
  Finding elsewhere = finding("crash");
  elsewhere.object = "another";
  EXPECT_TRUE(keep(catches, elsewhere, 4));
  EXPECT_EQ(catches.count(), 3u);
  EXPECT_EQ(catches.all()[0].found_at, 1u);
}

TEST(Catches, OfDamageTakeThePlaceOfAPredictionAndItsNumber) {
  Catches catches;
  keep(catches, finding("race", Harm::predicted), 1);
  EXPECT_TRUE(catches.has_predictions());
  EXPECT_TRUE(keep(catches, finding("race"), 2));
  EXPECT_FALSE(catches.has_predictions());
  EXPECT_EQ(catches.all().at(0).found_at, 1u);
  EXPECT_FALSE(keep(catches, finding("race", Harm::predicted), 3));
}

TEST(Catches, BeyondTheTimeModeCountForNothingAndGiveWay) {
  Catches catches;
  keep(catches, finding("race", Harm::predicted), 1, true);
  EXPECT_EQ(catches.count(), 0u);
  EXPECT_FALSE(catches.has_predictions());
  EXPECT_TRUE(keep(catches, finding("race", Harm::predicted), 2));
  EXPECT_EQ(catches.count(), 1u);
  EXPECT_EQ(catches.all().at(0).found_at, 2u);
  EXPECT_FALSE(keep(catches, finding("race"), 3, true)) << "damage, but beyond";
}

Finding at_lines(Finding made, Severity severity, std::initializer_list<int> lines) {
  made.severity = severity;
  for (const int line : lines) made.parties.emplace_back().where = location_at("program.cpp", line);
  return made;
}

TEST(Catches, OfAnErrorTakeThePlaceOfTheWarningThatCameTrueInIt) {
  const Finding warning = at_lines(finding("inversion", Harm::predicted), Severity::warning, {1, 2});
  const Finding error = at_lines(finding("deadlock"), Severity::error, {1, 2, 3});
  Catches catches;
  keep(catches, warning, 1);
  EXPECT_TRUE(keep(catches, error, 2));
  EXPECT_FALSE(keep(catches, warning, 3));
  EXPECT_EQ(catches.count(), 1u);
  EXPECT_EQ(catches.all().at(0).finding.rule, "deadlock");
  EXPECT_EQ(catches.all().at(0).found_at, 2u);
}

TEST(Catches, KeepAWarningThatHasOtherPlacesThanTheError) {
  Catches catches;
  keep(catches, at_lines(finding("inversion", Harm::predicted), Severity::warning, {1, 2}), 1);
  EXPECT_TRUE(keep(catches, at_lines(finding("deadlock"), Severity::error, {1, 3}), 2));
  EXPECT_EQ(catches.all().size(), 2u);
  EXPECT_EQ(catches.count(), 1u) << "a warning counts for nothing";
}

TEST(Catches, TakeNothingNewIfTold) {
  Catches catches;
  EXPECT_EQ(catches.place_for(finding("crash"), false, false), nullptr);
  keep(catches, finding("race", Harm::predicted), 1);
  EXPECT_NE(catches.place_for(finding("race"), false, false), nullptr);
}

Finding predicted_at(std::string rule, const mp::Location& where) {
  Finding made = finding(std::move(rule), Harm::predicted);
  made.parties = {{.who = "main", .operation = "", .where = where}};
  return made;
}

TEST(Catches, OfAPredictionThatIsRefutedAreLetGoAndNotTakenInAgain) {
  Catches catches;
  const mp::Location here = mp::Location::current();
  const mp::Location there = mp::Location::current();
  Finding elsewhere = predicted_at("race", there);
  elsewhere.object = "another";
  keep(catches, predicted_at("race", here), 1);
  keep(catches, elsewhere, 2);
  keep(catches, predicted_at("order", here), 3);
  catches.refute({"race", place_of(here)});
  ASSERT_EQ(catches.all().size(), 2u);
  EXPECT_EQ(catches.all()[0].finding.object, "another");
  EXPECT_EQ(catches.all()[1].finding.rule, "order");
  EXPECT_FALSE(keep(catches, predicted_at("race", here), 4));
  EXPECT_EQ(catches.all().size(), 2u);
}

TEST(Catches, OfDamageStayWhateverWasRefuted) {
  Catches catches;
  Finding damage = predicted_at("race", mp::Location::current());
  damage.harm = Harm::seen;
  keep(catches, damage, 1);
  catches.refute({"race", place_of(damage.parties[0].where)});
  EXPECT_EQ(catches.all().size(), 1u);
  EXPECT_FALSE(catches.is_refuted(damage));
}

}  // namespace
}  // namespace heddle
