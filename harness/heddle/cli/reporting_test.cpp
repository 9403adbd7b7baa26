// Which reports are made, and where they go.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <heddle/cli/reporting.hpp>
#include <heddle/trial/print_pipe.hpp>

namespace heddle::cli {
namespace {

class Reporting : public testing::Test {
 protected:
  ~Reporting() override { std::filesystem::remove(file_); }

  std::string written() const {
    std::stringstream text;
    text << std::ifstream(file_).rdbuf();
    return text.str();
  }

  const std::string file_ = std::filesystem::path(testing::TempDir()) / "reporting_test.json";
  trial::PrintPipe print_;
  Output output_{print_.into()};
  Status status_{{}, [] { return 0.0; }, [](std::string_view) {}};
  Context context_{.scenarios = {},
                   .replay_command = "heddle replay",
                   .terminal = {},
                   .output = output_,
                   .status = status_,
                   .is_interrupted = [] { return false; },
                   .seconds = [] { return 0.0; }};
  const std::vector<ReportItem> items_{{.scenario = "a/b"}};
};

TEST_F(Reporting, ReadsANameAndAFile) {
  EXPECT_EQ(report_asked("json:out/report.json"), (ReportAsked{.name = "json", .file = "out/report.json"}));
  EXPECT_EQ(report_asked("text"), (ReportAsked{.name = "text"}));
  EXPECT_EQ(report_asked("pdf:x").error().code, "report-unknown");
  EXPECT_EQ(report_asked("json:").error().code, "report-unknown");
}

TEST_F(Reporting, PrintsTextBesideAFile) {
  ASSERT_TRUE(report(items_, {{.name = "json", .file = file_}}, context_));
  EXPECT_TRUE(print_.printed().starts_with("a/b: passed"));
  EXPECT_NE(written().find("\"scenario\": \"a/b\""), std::string::npos);
}

TEST_F(Reporting, PrintsWhatIsAskedForInPlaceOfText) {
  ASSERT_TRUE(report(items_, {{.name = "json"}}, context_));
  EXPECT_TRUE(print_.printed().starts_with("{"));
}

TEST_F(Reporting, WritesOneFileThoughAnotherCannotBe) {
  const auto done = write_reports(
      items_, {{.name = "json", .file = "/nowhere/at/all.json"}, {.name = "json", .file = file_}}, context_);
  EXPECT_EQ(done.error().code, "result-unwritable");
  EXPECT_FALSE(written().empty());
}

TEST_F(Reporting, KnowsBeforehandWhatCannotBeWritten) {
  EXPECT_EQ(check_reports({{.name = "json", .file = "/nowhere/at/all.json"}}).error().code,
            "result-unwritable");
  EXPECT_TRUE(check_reports({{.name = "json", .file = file_}}));
}

}  // namespace
}  // namespace heddle::cli
