// What a workflow's log and a step summary would make of a run.
#include <gtest/gtest.h>

#include <algorithm>

#include <heddle/reports/github.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle {
namespace {

TEST(GithubAnnotations, IsOneLineForEachThingThatIsWrong) {
  const std::string text = make_github_annotations()->render(trial::reported_run());
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
  EXPECT_TRUE(text.starts_with("::error title=deadlock in locks/both-orders,file=")) << text;
  EXPECT_NE(text.find("%0Aheddle replay h1-"), std::string::npos) << text;
}

TEST(GithubAnnotations, GivesNoWordOfAProgramAMeaning) {
  const std::string text = make_github_annotations()->render(trial::reported_run());
  EXPECT_NE(text.find("50%25"), std::string::npos) << text;
  EXPECT_NE(text.find("%0Aand more"), std::string::npos) << text;
}

TEST(GithubSummary, ShowsADiagramAndTheLineToPaste) {
  const std::string text = make_github_summary()->render(trial::reported_run());
  EXPECT_NE(text.find("2 of 4 as they should be"), std::string::npos) << text;
  EXPECT_NE(text.find("```mermaid\nsequenceDiagram\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  participant L1 as main/first\n"), std::string::npos) << text;
  EXPECT_NE(text.find("```sh\nheddle replay h1-"), std::string::npos) << text;
}

TEST(GithubSummary, ShowsWordsAsTheyAre) {
  const std::string text = make_github_summary()->render(trial::reported_run());
  EXPECT_EQ(text.find("<b>"), std::string::npos) << text;
  EXPECT_NE(text.find("\\<b\\>"), std::string::npos) << text;
}

}  // namespace
}  // namespace heddle
