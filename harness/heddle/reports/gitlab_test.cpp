// GitLab takes an issue only with all of its fields.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <heddle/reports/gitlab.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle {
namespace {

TEST(GitlabReport, HasAnIssueForEachFindingThatWasNotDeclared) {
  const auto issues = nlohmann::json::parse(make_gitlab_report()->render(trial::reported_run()));
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(issues[0].at("check_name"), "deadlock");
  EXPECT_EQ(issues[0].at("severity"), "major");
  EXPECT_EQ(issues[0].at("fingerprint").get<std::string>().size(), 16U);
  EXPECT_GT(issues[0].at("location").at("lines").at("begin").get<int>(), 0);
}

TEST(GitlabReport, IsAListEvenOfNothing) {
  EXPECT_EQ(nlohmann::json::parse(make_gitlab_report()->render({})), nlohmann::json::array());
}

}  // namespace
}  // namespace heddle
