// Ports that err, each in one way: scripted_adapter.py, told how. What becomes of a case, and of the next
// one.
#include <gtest/gtest.h>

#include <heddle/conform/port.hpp>
#include <heddle/conform/schema.hpp>
#include <heddle/conform/suite.hpp>
#include <optional>
#include <string>
#include <vector>

namespace heddle::conform {
namespace {

std::vector<Case> cases_of(const std::vector<std::string>& scripts) {
  std::vector<Case> cases;
  for (std::size_t i = 0; i < scripts.size(); ++i) {
    const auto made =
        case_of("program q/" + std::to_string(i) + "\nobject q = Queue()\nprocess main:\n" + scripts[i], "q");
    if (made)
      cases.push_back(*made);
    else
      ADD_FAILURE() << made.error().what;
  }
  return cases;
}

Expected<PortResult> ported(const std::string& fault, const std::vector<std::string>& scripts,
                            const Driving& driving = {}) {
  return run_port("python3 harness/heddle/conform/scripted_adapter.py " + fault, cases_of(scripts), driving,
                  {});
}

/// Of the first case.
CaseResult came_out(const std::string& fault, const std::string& script, const Driving& driving = {}) {
  const auto result = ported(fault, {script}, driving);
  return result && !result->cases.empty() ? result->cases[0] : CaseResult{.message = "there is no result"};
}

std::string error_of(const std::string& fault) {
  const auto result = ported(fault, {"  q.put(1)\n"});
  return result ? "" : result.error().code;
}

TEST(Port, PassesWhatItKeeps) {
  const CaseResult result = came_out("", "  q.put(1) == None\n  q.get() == 1\n  q.get(False) raises Empty\n");
  EXPECT_EQ(result.status, Status::passed) << result.message;
  EXPECT_EQ(result.executions, 1U);
}

TEST(Port, FailsWithTheWordsOfTheProgram) {
  const CaseResult result = came_out("errs", "  q.put(1)\n  q.get() == 1\n");
  EXPECT_EQ(result.status, Status::failed);
  EXPECT_NE(result.message.find("line 5: q.get() == 1: expected 1, got 99"), std::string::npos)
      << result.message;
  EXPECT_EQ(result.trace.at(2).result, "99");
}

TEST(Port, SkipsWhatItCannot) {
  EXPECT_EQ(came_out("", "  l = Lock()\n").status, Status::skipped);
  EXPECT_EQ(came_out("", "  l = Lock()\n").message, "needs Lock");
  EXPECT_EQ(came_out("skips", "  q.put(1)\n").message, "not today");
}

TEST(Port, HangsAreFoundBeforeTheDeadline) {
  const CaseResult result =
      came_out("hangs", "  q.put(1)\n  q.get() == 1\n", {.deadline = std::chrono::hours(1)});
  EXPECT_EQ(result.status, Status::failed);
  EXPECT_EQ(result.message, "nobody can go on. Waiting: main: q.get() (line 5)");
}

TEST(Port, ATimeoutThatIsOverHidesNoHang) {
  const CaseResult result =
      came_out("hangs", "  sleep(0.1)\n  q.get(timeout=0.1) == 1\n", {.deadline = std::chrono::hours(1)});
  EXPECT_EQ(result.message, "nobody can go on. Waiting: main: q.get(timeout=0.1) (line 5)");
}

TEST(Port, WhatCanTimeOutHasUntilTheDeadline) {
  const CaseResult result =
      came_out("hangs", "  q.get(timeout=1000) == 1\n", {.deadline = std::chrono::milliseconds(300)});
  EXPECT_EQ(result.status, Status::failed);
  EXPECT_EQ(result.message, "the deadline is over. Waiting: main: q.get(timeout=1000) (line 4)");
}

TEST(Port, IsStartedAgainAfterACrash) {
  const auto result = ported("crashes", {"  q.put(1)\n", "  q.qsize() == 0\n"});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->cases.size(), 2U);
  EXPECT_EQ(result->cases[0].status, Status::errored);
  EXPECT_EQ(result->cases[0].message, "the adapter has gone: it ended by signal 11");
  EXPECT_EQ(result->cases[1].status, Status::passed) << result->cases[1].message;
  EXPECT_EQ(result->restarts, 1U);
}

TEST(Port, MalformedMessagesAreErrors) {
  EXPECT_EQ(came_out("malformed", "  q.get()\n").status, Status::errored);
  EXPECT_EQ(came_out("leaks", "  q.put(1)\n").message, "a process is left");
}

TEST(Port, TheSchemaSeesMoreThanTheReader) {
  const std::string script = "  q.put(1)\n";
  EXPECT_EQ(came_out("beyond-schema", script).status, Status::passed);
  EXPECT_EQ(came_out("beyond-schema", script, {.check = check_by_schema()}).status, Status::errored);
  const CaseResult good = came_out("", script, {.check = check_by_schema()});
  EXPECT_EQ(good.status, Status::passed) << good.message;
}

TEST(Port, AnIndefiniteErrorIsNoExpectedOne) {
  EXPECT_EQ(came_out("", "  q.get() raises Empty\n").status, Status::passed);
  EXPECT_EQ(came_out("indefinite", "  q.get() raises Empty\n").status, Status::failed);
}

TEST(Port, TimesAreThoseOfTheAdapter) {
  EXPECT_EQ(came_out("", "  q.get(timeout=0.2) raises Empty after 0.2\n").status, Status::passed);
  EXPECT_EQ(came_out("", "  q.get(timeout=0.3) raises Empty after 0.3\n").status, Status::failed);
}

TEST(Port, HistoriesAreHeldAgainstModels) {
  const auto made = case_of(
      "program q/h\nexpect history: q like queue\nobject q = Queue()\nprocess main:\n"
      "  q.put(1)\n  x = q.get()\n",
      "q");
  ASSERT_TRUE(made);
  const std::string command = "python3 harness/heddle/conform/scripted_adapter.py ";
  EXPECT_EQ(run_port(command, {*made}, {}, {})->cases[0].status, Status::passed);
  EXPECT_EQ(run_port(command + "errs", {*made}, {}, {})->cases[0].status, Status::failed);
}

TEST(Port, WhoDoesNotComeUpIsAnError) {
  EXPECT_EQ(error_of("silent"), "adapter-silent");
  EXPECT_EQ(error_of("newer"), "protocol-unknown");
  EXPECT_EQ(run_port("/nowhere/at-all", cases_of({"  q.put(1)\n"}), {}, {}).error().code, "adapter-silent");
}

}  // namespace
}  // namespace heddle::conform
