// The JSON report says what the run says, whatever letters the program used.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <heddle/reports/json.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle {
namespace {

nlohmann::json parsed() { return nlohmann::json::parse(make_json_report()->render(trial::reported_run())); }

TEST(JsonReport, TellsEachExploration) {
  const nlohmann::json report = parsed();
  EXPECT_EQ(report.at("format"), "heddle-report");
  EXPECT_EQ(report.at("began"), "2026-01-31T12:00:00Z");
  ASSERT_EQ(report.at("explorations").size(), 4U);
  EXPECT_EQ(report["explorations"][0]["ok"], false);
  EXPECT_EQ(report["explorations"][1]["ok"], true);
  EXPECT_EQ(report["explorations"][2]["ok"], true);
  EXPECT_EQ(report["explorations"][3]["ok"], false);
  EXPECT_EQ(report["explorations"][3]["verdict"], "gave up");
}

TEST(JsonReport, TellsAFindingWithItsLineItsTapeAndItsStory) {
  const nlohmann::json finding = parsed()["explorations"][0]["findings"][0];
  EXPECT_EQ(finding.at("rule"), "deadlock");
  EXPECT_EQ(finding.at("declared"), false);
  EXPECT_TRUE(finding.at("replay").get<std::string>().starts_with("heddle replay h1-"));
  EXPECT_EQ(finding.at("tape").size(), finding.at("essentials").size());
  EXPECT_GE(finding.at("tape_found").size(), finding.at("tape").size());
  EXPECT_EQ(finding.at("story").at("lanes").size(), 3U);
  EXPECT_FALSE(finding.at("story").at("holds").empty());
}

TEST(JsonReport, KnowsWhatWasDeclared) {
  const nlohmann::json findings = parsed()["explorations"][1]["findings"];
  EXPECT_FALSE(findings.empty());
  for (const auto& finding : findings) EXPECT_EQ(finding.at("declared"), true);
}

}  // namespace
}  // namespace heddle
