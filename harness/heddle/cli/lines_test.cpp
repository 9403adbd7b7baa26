// Each line is an object of its own, and what it says of a finding is what the JSON report says.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <heddle/cli/lines.hpp>
#include <heddle/trial/print_pipe.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle::cli {
namespace {

using Json = nlohmann::ordered_json;

class LinesOf : public testing::Test {
 protected:
  LinesOf()
      : output_(print_.into()),
        lines_(
            output_, [this] { return now_; }, "") {}

  /// What was written since it was asked last.
  std::vector<Json> written() const {
    std::vector<Json> all;
    std::istringstream text(print_.printed());
    for (std::string line; std::getline(text, line);) all.push_back(Json::parse(line));
    return all;
  }

  trial::PrintPipe print_;
  Output output_;
  double now_ = 0;
  Lines lines_;
};

TEST_F(LinesOf, AnythingNameTheirSchemaAndTheirKind) {
  lines_.begin("heddle run x --json");
  lines_.note("by the way");
  lines_.error({.code = "some-code", .what = "what", .hint = "hint"});
  lines_.end(ExitCode::usage);
  std::vector<std::string> kinds;
  for (const Json& line : written()) {
    EXPECT_EQ(line.at("schema"), "heddle-lines/1");
    kinds.push_back(line.at("kind"));
  }
  EXPECT_EQ(kinds, (std::vector<std::string>{"begin", "note", "error", "end"}));
}

TEST_F(LinesOf, ATestStandBehindThoseOfItsFindings) {
  const ReportRun run = trial::reported_run();
  lines_.test(run.items[0]);
  const std::vector<Json> lines = written();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].at("kind"), "finding");
  EXPECT_EQ(lines[0].at("scenario"), run.items[0].scenario);
  EXPECT_EQ(lines[0].at("rule"), "deadlock");
  EXPECT_EQ(lines[0].at("severity"), "error");
  EXPECT_FALSE(lines[0].at("sentence").get<std::string>().empty());
  EXPECT_EQ(lines[0].at("replay"), "heddle replay " + lines[0].at("token").get<std::string>());
  EXPECT_FALSE(lines[0].contains("story"));
  EXPECT_EQ(lines[1].at("kind"), "test");
  EXPECT_EQ(lines[1].at("findings"), 1);
  EXPECT_EQ(lines[1].at("ok"), false);
}

TEST_F(LinesOf, TheEndCountWhatWasTold) {
  for (const ReportItem& item : trial::reported_run().items) lines_.test(item);
  lines_.end(ExitCode::findings);
  const Json end = written().back();
  EXPECT_EQ(end.at("exit"), 1);
  EXPECT_EQ(end.at("meaning"), "findings");
  EXPECT_EQ(end.at("tests"), 4);
  EXPECT_EQ(end.at("not_ok"), 2);
  EXPECT_EQ(end.at("findings"), 2);
}

TEST_F(LinesOf, ProgressComeOnceASecond) {
  const Progress progress{.executions = 500, .interleavings = 20, .findings = 0, .seconds = 2};
  for (now_ = 0; now_ < 3.25; now_ += 0.25) lines_.progress("x", progress, {.executions = 1000});
  const std::vector<Json> lines = written();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].at("executions"), 500);
  EXPECT_EQ(lines[0].at("interleavings"), 20);
  EXPECT_EQ(lines[0].at("seconds_left"), 2);
}

TEST_F(LinesOf, ProgressLeaveOutWhatIsNotKnown) {
  now_ = 1;
  lines_.progress("x", {.executions = 500, .seconds = 2}, {.executions = UINT64_MAX});
  const Json line = written().at(0);
  EXPECT_FALSE(line.contains("interleavings"));
  EXPECT_FALSE(line.contains("seconds_left"));
}

}  // namespace
}  // namespace heddle::cli
