// A list of known failures is wrong in both directions.
#include <gtest/gtest.h>

#include <heddle/conform/failure_list.hpp>

namespace heddle::conform {
namespace {

PortReport report_of(Status status, std::string message) {
  return {.cases = {{.id = "q/1", .result = {.id = "q/1", .status = status, .message = std::move(message)}}}};
}

std::size_t surprises(const PortReport& report, const FailureList& known) {
  return unexpected(report, known).size();
}

TEST(FailureList, ExpectsExactlyTheFailureItHas) {
  const FailureList known{{"q/1", "expected 1, got 2"}};
  EXPECT_EQ(surprises(report_of(Status::failed, "expected 1, got 2"), known), 0U);
  EXPECT_EQ(surprises(report_of(Status::failed, "expected 1, got 3"), known), 1U);
  EXPECT_EQ(surprises(report_of(Status::passed, ""), known), 1U);
  EXPECT_EQ(surprises(report_of(Status::skipped, "needs Queue"), known), 1U);
}

TEST(FailureList, WhatItHasNotMustNotFail) {
  EXPECT_EQ(surprises(report_of(Status::errored, "it crashed"), {}), 1U);
  EXPECT_EQ(surprises(report_of(Status::skipped, "needs Queue"), {}), 0U);
}

TEST(FailureList, AHazardIsNeitherExpectedNorWrittenDown) {
  PortReport report = report_of(Status::failed, "expected True, got False");
  report.cases[0].level = Level::hazard;
  EXPECT_EQ(surprises(report, {}), 0U);
  EXPECT_EQ(fixed(report, {}).find("q/1"), std::string::npos);
}

TEST(FailureList, AStarStandsForAnything) {
  const PortReport report = report_of(Status::failed, "it took 0.12 s, waiting: main");
  EXPECT_EQ(surprises(report, {{"q/1", "it took * s, *"}}), 0U);
  EXPECT_EQ(surprises(report, {{"q/1", "it took * s"}}), 1U);
}

TEST(FailureList, FixingMakesEverythingExpected) {
  const PortReport report = report_of(Status::failed, "expected it to take 1 s at least,\nit took 0.3012 s");
  const FailureList known{{"q/0", "not run"}, {"q/1", "another"}};
  const auto fixed_list = failure_list_in(fixed(report, known), "f");
  ASSERT_TRUE(fixed_list);
  EXPECT_EQ(*fixed_list,
            (FailureList{{"q/0", "not run"}, {"q/1", "expected it to take 1 s at least, it took * s"}}));
  EXPECT_EQ(surprises(report, *fixed_list), 0U);
  EXPECT_EQ(fixed(report_of(Status::passed, ""), {{"q/1", "x"}}).find("q/1"), std::string::npos);
}

TEST(FailureList, LinesWithoutAMessageAreRefused) {
  EXPECT_FALSE(failure_list_in("q/1\n", "f"));
  EXPECT_FALSE(failure_list_in("q/1 # a\nq/1 # b\n", "f"));
  EXPECT_EQ(failure_list_in("# only words\n\n", "f")->size(), 0U);
}

}  // namespace
}  // namespace heddle::conform
