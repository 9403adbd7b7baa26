// Files of tapes: how they are read, what becomes of each, and what the gate makes of that.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/regressions.hpp>

namespace heddle::cli {
namespace {

void fails_at_two() { check(choose(3) != 2, "two is wrong"); }
void fails_at_two_later() {
  choose(2);
  check(choose(3) != 2, "two is wrong");
}
void never_fails() { choose(3); }

Scenario scenario(std::string_view name, void (*body)()) {
  Scenario made;
  made.name = name;
  made.body = body;
  return made;
}

/// The tape of fails_at_two, for a scenario of this name.
std::string token_for(const std::string& name) {
  return write_token(
      {.scenario = name, .tape = {{{.task = "main", .kind = ChoiceKind::data, .ordinal = 0, .answer = 2}}}});
}

std::string file_of(const std::string& name, const std::string& expected) {
  return "# a comment\nname: " + name + "\ntoken: " + token_for(name) +
         "\nrule: assertion\nexpect: " + expected + "\n\nwhy: two was wrong once\n";
}

TEST(Regression, IsReadFromItsFile) {
  const Regression read = read_regression(file_of("bad", "still failing"), "bad.tape").value();
  EXPECT_EQ(read.name, "bad");
  EXPECT_EQ(read.token.scenario, "bad");
  EXPECT_EQ(read.rule, "assertion");
  EXPECT_EQ(read.expected, RegressionStatus::still_failing);
  EXPECT_EQ(read.why, "two was wrong once");
}

TEST(Regression, IsRefusedWithItsLine) {
  const auto what_of = [](const std::string& text) {
    const auto read = read_regression(text, "x.tape");
    return read ? "read" : read.error().what;
  };
  const std::string good = file_of("bad", "fixed");
  const auto with = [&](const std::string& before, const std::string& after) {
    std::string text = good;
    return text.replace(text.find(before), before.size(), after);
  };
  EXPECT_EQ(what_of(good), "read");
  EXPECT_TRUE(what_of(with("rule: assertion", "rule: luck")).starts_with("x.tape:4: "));
  EXPECT_TRUE(what_of(with("fixed", "mended")).starts_with("x.tape:5: "));
  EXPECT_TRUE(what_of(with("h1-", "h1-A")).starts_with("x.tape:3: "));
  EXPECT_TRUE(what_of(with("why:", "because:")).starts_with("x.tape:7: "));
  EXPECT_TRUE(what_of(good + "name: again\n").starts_with("x.tape:8: "));
  EXPECT_TRUE(what_of(with("why: two was wrong once", "why:")).starts_with("x.tape:7: "));
  EXPECT_NE(what_of(with("why: two was wrong once\n", "")).find("why is missing"), std::string::npos);
}

class TapesOver : public testing::Test {
 protected:
  TapesOver()
      : fd_(::open("/dev/null", O_WRONLY)),
        output_(fd_),
        status_(
            {}, [] { return 0.0; }, [](std::string_view) {}) {
    std::filesystem::create_directories(folder_);
  }
  ~TapesOver() override {
    ::close(fd_);
    std::filesystem::remove_all(folder_);
  }

  void write(const std::string& name, const std::string& expected) { write(name, name, expected); }
  void write(const std::string& scenario, const std::string& file, const std::string& expected) {
    std::ofstream(folder_ + "/" + file + ".tape") << file_of(scenario, expected);
  }
  RegressionStatus status_of(const std::string& name) {
    return try_regression(read_regression(file_of(name, "fixed"), "").value(), context_).status;
  }
  Expected<ExitCode> judge(const JudgeScenarios& asked = {}) {
    return run_regressions(asked, context_).map([](const RegressionsJudged& judged) { return judged.code; });
  }

  const std::string folder_ =
      (std::filesystem::path(testing::TempDir()) / ("tapes-" + std::to_string(::getpid()))).string();
  const int fd_;
  Output output_;
  Status status_;
  bool is_interrupted_ = false;
  const std::vector<Scenario> scenarios_{
      scenario("bad", &fails_at_two), scenario("later", &fails_at_two_later), scenario("good", &never_fails)};
  const Context context_{.scenarios = scenarios_,
                         .replay_command = "heddle replay",
                         .terminal = {},
                         .output = output_,
                         .status = status_,
                         .is_interrupted = [this] { return is_interrupted_; },
                         .seconds = [] { return 0.0; },
                         .regressions = folder_};
};

TEST_F(TapesOver, TellFourThings) {
  EXPECT_EQ(status_of("bad"), RegressionStatus::still_failing);
  EXPECT_EQ(status_of("later"), RegressionStatus::diverged);
  EXPECT_EQ(status_of("good"), RegressionStatus::fixed);
  EXPECT_EQ(status_of("gone"), RegressionStatus::unreachable);
}

TEST_F(TapesOver, ADivergedOneGivesTheTokenThatFits) {
  const Regression later = read_regression(file_of("later", "fixed"), "").value();
  const RegressionFound found = try_regression(later, context_);
  ASSERT_TRUE(found.found_again);
  const Failure& failure = std::get<Failed>(found.found_again->verdict).failures.at(0);
  Regression renewed = later;
  renewed.token.tape = failure.tape;
  EXPECT_EQ(try_regression(renewed, context_).status, RegressionStatus::still_failing);
}

TEST_F(TapesOver, WhatIsAsExpectedIsClean) {
  write("bad", "still failing");
  write("later", "diverged");
  write("good", "fixed");
  write("gone", "unreachable");
  EXPECT_EQ(judge(), ExitCode::clean);
}

TEST_F(TapesOver, MayBeOverAProgramsTextBesideThem) {
  const std::string number = "program small\nprocess main:\n  x = choose(3)\n  x in {";
  std::ofstream(folder_ + "/small.program") << number + "0, 1}\n";
  std::ofstream(folder_ + "/mended.program") << number + "0, 1, 2}\n";
  write("elsewhere/small.program", "small", "still failing");
  write("mended.program", "mended", "fixed");
  write("no-such.program", "gone", "unreachable");
  EXPECT_EQ(judge(), ExitCode::clean);
}

TEST_F(TapesOver, AnyOtherStatusFails) {
  for (const std::string expected : {"fixed", "diverged", "unreachable"}) {
    write("bad", expected);
    EXPECT_EQ(judge(), ExitCode::findings) << expected;
  }
}

TEST_F(TapesOver, OfOtherScenariosAreLeftOut) {
  write("bad", "fixed");
  JudgeScenarios asked;
  asked.scenarios = {"good"};
  EXPECT_EQ(judge(asked), ExitCode::clean);
  asked.scenarios = {"bad"};
  EXPECT_EQ(judge(asked), ExitCode::findings);
}

TEST_F(TapesOver, AnInterruptionIsInconclusive) {
  write("bad", "still failing");
  is_interrupted_ = true;
  EXPECT_EQ(judge(), ExitCode::inconclusive);
}

TEST_F(TapesOver, AFolderThatIsNamedMustBeThere) {
  JudgeScenarios asked;
  asked.regressions = folder_ + "/nowhere";
  EXPECT_EQ(judge(asked).error().code, "regressions-unreadable");
  std::filesystem::remove_all(folder_);
  EXPECT_EQ(judge(), ExitCode::clean);
}

TEST_F(TapesOver, AFileThatIsNoTapeIsAnError) {
  std::ofstream(folder_ + "/x.tape") << "name: x\n";
  EXPECT_EQ(judge().error().code, "regression-malformed");
}

}  // namespace
}  // namespace heddle::cli
