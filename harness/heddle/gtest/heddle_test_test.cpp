// The GoogleTest door from outside: what a HEDDLE_TEST reports when its body passes, fails in a task, skips,
// or is replayed. Bodies that must fail are run under an interceptor that collects what the test would say.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <heddle/gtest/heddle_test.hpp>
#include <heddle/gtest/task_reporter.hpp>
#include <heddle/gtest/test_run.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/lock.hpp>
#include <mp/sync/with.hpp>
#include <string>
#include <vector>

namespace heddle::gtest {
namespace {

struct Said {
  testing::TestPartResult::Type type;
  int line;
  std::string words;
};

constexpr int line_of_test = 7;

std::vector<Said> said_by(void (*body)(), const Settings& settings = {}) {
  testing::TestPartResultArray parts;
  {
    const testing::ScopedFakeTestPartResultReporter interceptor(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &parts);
    run_body(body, "Suite.Name", settings, {.file = "suite_test.cpp", .line = line_of_test});
  }
  std::vector<Said> said;
  for (int i = 0; i < parts.size(); ++i) {
    const testing::TestPartResult& part = parts.GetTestPartResult(i);
    said.push_back({part.type(), part.line_number(), part.message()});
  }
  return said;
}

std::string token_in(const std::string& words) {
  const std::string before = "HEDDLE_REPLAY=";
  const std::size_t start = words.find(before);
  if (start == std::string::npos) return "";
  const std::size_t from = start + before.size();
  return words.substr(from, words.find(' ', from) - from);
}

// Two threads add to one total, and one of them is sure to be the first, as it is unless somebody deviates.
void first_thread_expects_to_be_first() {
  mp::Lock lock({.name = "lock"});
  int total = 0;
  mp::Thread first(
      [&] {
        SCOPED_TRACE("what the first thread thinks");
        mp::With held(lock);
        EXPECT_EQ(total, 0);
        total += 1;
      },
      {.name = "first"});
  mp::Thread second(
      [&] {
        SCOPED_TRACE("what the second thread thinks");
        mp::With held(lock);
        total += 1;
      },
      {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

HEDDLE_TEST(HeddleTest, PassesWhenEveryExecutionDoes) {
  mp::Lock lock({.name = "lock"});
  int total = 0;
  const auto add_one = [&] {
    mp::With held(lock);
    SCOPED_TRACE("adding");
    total += 1;
    EXPECT_LE(total, 2);
  };
  mp::Thread first(add_one, {.name = "first"});
  mp::Thread second(add_one, {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
  EXPECT_EQ(total, 2);
}

TEST(HeddleTestDoor, ReportsAFailureInATaskOnce) {
  const std::vector<Said> said = said_by(&first_thread_expects_to_be_first);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].type, testing::TestPartResult::kNonFatalFailure);
  EXPECT_NE(said[0].line, line_of_test);
  EXPECT_NE(said[0].words.find("assertion"), std::string::npos) << said[0].words;
  EXPECT_NE(said[0].words.find("total"), std::string::npos) << said[0].words;
}

TEST(HeddleTestDoor, ShowsTheTracesOfTheTaskThatFailed) {
  const std::vector<Said> said = said_by(&first_thread_expects_to_be_first);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].words.find("what the first thread thinks"), std::string::npos) << said[0].words;
  EXPECT_EQ(said[0].words.find("what the second thread thinks"), std::string::npos) << said[0].words;
}

TEST(HeddleTestDoor, ReplaysAFailureFromItsLine) {
  const std::vector<Said> found = said_by(&first_thread_expects_to_be_first);
  ASSERT_EQ(found.size(), 1u);
  const Expected<Token> token = read_token(token_in(found[0].words));
  ASSERT_TRUE(token.has_value()) << found[0].words;
  EXPECT_FALSE(token->tape.entries.empty());
  const std::vector<Said> replayed = said_by(&first_thread_expects_to_be_first, {.replay = *token});
  ASSERT_EQ(replayed.size(), 1u);
  EXPECT_EQ(replayed[0].line, found[0].line);
  EXPECT_EQ(token_in(replayed[0].words), token_in(found[0].words));
}

TEST(HeddleTestDoor, SkipsATestThatATokenDoesNotBelongTo) {
  Settings settings;
  settings.replay.emplace().scenario = "Other.Name";
  const std::vector<Said> said = said_by(&first_thread_expects_to_be_first, settings);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].type, testing::TestPartResult::kSkip);
}

TEST(HeddleTestDoor, PassesOnASkipInATask) {
  const std::vector<Said> said = said_by([] { GTEST_SKIP() << "not on this machine"; });
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].type, testing::TestPartResult::kSkip);
  EXPECT_NE(said[0].words.find("not on this machine"), std::string::npos);
}

TEST(HeddleTestDoor, RefusesAnUnknownStrategy) {
  Settings settings;
  settings.options.strategy = "clairvoyant";
  const std::vector<Said> said = said_by(&first_thread_expects_to_be_first, settings);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].type, testing::TestPartResult::kNonFatalFailure);
  EXPECT_EQ(said[0].line, line_of_test);
}

void child_fails(int number) { ASSERT_EQ(number, 1) << "in a child process"; }

TEST(HeddleTestDoor, HearsOfAFailureInAProcess) {
  const std::vector<Said> said = said_by([] {
    mp::Process child(mp::fn<&child_fails>, mp::args(2), {.name = "child"});
    child.start();
    child.join();
  });
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].words.find("in a child process"), std::string::npos) << said[0].words;
}

TEST(HeddleTestDoor, LeavesTheTestsOwnTracesAlone) {
  SCOPED_TRACE("of the test itself");
  said_by([] { SCOPED_TRACE("of a task"); });
  testing::TestPartResultArray parts;
  {
    const testing::ScopedFakeTestPartResultReporter interceptor(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &parts);
    ADD_FAILURE();
  }
  const std::string words = parts.GetTestPartResult(0).message();
  EXPECT_NE(words.find("of the test itself"), std::string::npos);
  EXPECT_EQ(words.find("of a task"), std::string::npos);
}

void releases_what_nobody_holds_and_fails() {
  mp::Lock door({.name = "door"});
  EXPECT_ANY_THROW(door.release());
  EXPECT_TRUE(false);
}

Settings suppressing(const std::string& rule) {
  Settings settings;
  settings.options.suppressions = {
      .file = "known ones.txt", .lines = {{.rule = rule, .pattern = "door", .reason = "known", .line = 1}}};
  return settings;
}

TEST(HeddleTestDoor, PutsAsideWhatIsSuppressed) {
  const std::vector<Said> all = said_by(&releases_what_nobody_holds_and_fails);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_NE(all[0].words.find("lock-over-release"), std::string::npos) << all[0].words;
  const std::vector<Said> rest =
      said_by(&releases_what_nobody_holds_and_fails, suppressing("lock-over-release"));
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].words.find("lock-over-release"), std::string::npos) << rest[0].words;
  EXPECT_NE(rest[0].words.find("assertion"), std::string::npos) << rest[0].words;
}

TEST(HeddleTestDoor, ReplaysBesideWhatIsSuppressed) {
  Settings settings = suppressing("lock-over-release");
  const std::vector<Said> found = said_by(&releases_what_nobody_holds_and_fails, settings);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].words.find("HEDDLE_SUPPRESSIONS='known ones.txt' HEDDLE_REPLAY="), std::string::npos);
  settings.replay = read_token(token_in(found[0].words)).value();
  const std::vector<Said> replayed = said_by(&releases_what_nobody_holds_and_fails, settings);
  ASSERT_EQ(replayed.size(), 1u);
  EXPECT_NE(replayed[0].words.find("assertion"), std::string::npos) << replayed[0].words;
}

TEST(HeddleTestDoor, PutsThePartsWordsOnOneLine) {
  EXPECT_EQ(in_one_line("Expected equality of these values:\n  total\n    Which is: 1\n  0\n"),
            "Expected equality of these values: total; Which is: 1; 0");
}

}  // namespace
}  // namespace heddle::gtest
