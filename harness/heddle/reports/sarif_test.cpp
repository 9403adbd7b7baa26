// What code scanning relies on: a result has a rule, a place and a fingerprint, and its flow has an order.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include <heddle/core/rules.hpp>
#include <heddle/reports/sarif.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle {
namespace {

nlohmann::json log_of(const ReportRun& run) {
  return nlohmann::json::parse(make_sarif_report()->render(run))["runs"][0];
}

TEST(SarifReport, HasAResultForEachFindingThatWasNotDeclared) {
  const nlohmann::json results = log_of(trial::reported_run())["results"];
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0]["ruleId"], "deadlock");
  EXPECT_EQ(results[0]["level"], "error");
}

TEST(SarifReport, KnowsEveryRule) {
  const nlohmann::json log = log_of(trial::reported_run());
  EXPECT_EQ(log["tool"]["driver"]["rules"].size(), rules().size());
  const std::size_t index = log["results"][0]["ruleIndex"];
  EXPECT_EQ(log["tool"]["driver"]["rules"][index]["id"], "deadlock");
}

TEST(SarifReport, HasAPageAsTheHelpOfEachRule) {
  const nlohmann::json log = log_of(trial::reported_run());
  for (const auto& rule : log["tool"]["driver"]["rules"]) {
    const std::string markdown = rule["help"]["markdown"];
    EXPECT_TRUE(markdown.starts_with("# " + rule["id"].get<std::string>() + "\n")) << rule["id"];
    EXPECT_NE(markdown.find("\n## Fix\n"), std::string::npos) << rule["id"];
    EXPECT_NE(rule["help"]["text"].get<std::string>().find("\nFix\n"), std::string::npos) << rule["id"];
  }
}

TEST(SarifReport, HasOneOrderOverAllThreadsOfAFlow) {
  const nlohmann::json flow = log_of(trial::reported_run())["results"][0]["codeFlows"][0];
  EXPECT_EQ(flow["threadFlows"].size(), 3U);
  std::set<int> orders;
  std::size_t count = 0;
  bool has_essential = false;
  for (const auto& thread : flow["threadFlows"])
    for (const auto& step : thread["locations"]) {
      orders.insert(step["executionOrder"].get<int>());
      has_essential |= step["importance"] == "essential";
      ++count;
    }
  EXPECT_EQ(orders.size(), count);
  EXPECT_EQ(*orders.begin(), 1);
  EXPECT_TRUE(has_essential);
}

TEST(SarifReport, TellsSourcesRelativeToTheRoot) {
  ReportRun run = trial::reported_run();
  const std::string file = nlohmann::json(
      log_of(run)["results"][0]["locations"][0])["physicalLocation"]["artifactLocation"]["uri"];
  ASSERT_TRUE(file.starts_with("file:///")) << file;
  const std::string path = file.substr(7);
  run.root = path.substr(0, path.rfind('/'));
  const nlohmann::json place =
      log_of(run)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
  EXPECT_EQ(place["uri"], path.substr(path.rfind('/') + 1));
  EXPECT_EQ(place["uriBaseId"], "SRCROOT");
}

nlohmann::json fingerprints_of(const std::string& object, const mp::Location& where) {
  Failure failure{.finding = {.rule = "crash", .object = object}};
  failure.finding.parties = {{.who = "main", .operation = "run", .where = where}};
  ReportRun run;
  run.items.push_back({.scenario = "moved"});
  run.items[0].result.verdict = Failed{{failure}};
  return log_of(run)["results"][0]["partialFingerprints"];
}

TEST(SarifReport, KeepsAFindingsFingerprintWhenItsLinesMove) {
  const mp::Location here = mp::Location::current();
  const mp::Location below = mp::Location::current();
  EXPECT_EQ(fingerprints_of("jobs", here), fingerprints_of("jobs", below));
  EXPECT_NE(fingerprints_of("jobs", here), fingerprints_of("locks", here));
}

TEST(SarifReport, TellsWhatKeptItFromJudging) {
  const nlohmann::json notes = log_of(trial::reported_run())["invocations"][0]["toolExecutionNotifications"];
  ASSERT_EQ(notes.size(), 1U);
}

}  // namespace
}  // namespace heddle
