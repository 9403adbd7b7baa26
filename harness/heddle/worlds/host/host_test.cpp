// Real processes: what they do wrong is told, and none of them outlives its run.
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include <heddle/core/session.hpp>
#include <heddle/worlds/host/host.hpp>
#include <heddle/worlds/host/supervisor.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>

namespace heddle::host {
namespace {

Result run(void (*body)(), HostOptions options = {.executions = 1}) {
  return explore(Program{.name = "test", .body = body}, options);
}

std::string verdict_of(const Result& result) {
  if (const auto* failed = std::get_if<Failed>(&result.verdict)) return failed->failures.at(0).finding.rule;
  if (const auto* gave_up = std::get_if<GaveUp>(&result.verdict)) return gave_up->why.substr(0, 4);
  return std::holds_alternative<Passed>(result.verdict) ? "passed" : "broken";
}

void stop_here() {
  while (true) ::pause();
}
void throw_error() { throw mp::ValueError("seven"); }
void tell_child() { session()->outcome("child"); }

class HostWorld : public testing::Test {
 protected:
  void TearDown() override { EXPECT_TRUE(children_of(::getpid()).empty()); }
};

TEST_F(HostWorld, RunsAProgramAsOftenAsAsked) {
  const Result result = run([] { session()->outcome("done"); }, {.executions = 3});
  EXPECT_EQ(verdict_of(result), "passed");
  EXPECT_EQ(result.coverage.executions, 3u);
  EXPECT_EQ(result.outcomes, std::set<std::string>{"done"});
}

TEST_F(HostWorld, HearsChildrenAndThreads) {
  const Result result = run([] {
    mp::Process child(mp::fn<&tell_child>, {.name = "worker-1"});
    child.start();
    child.join();
    mp::Thread thread([] { session()->outcome("thread"); });
    thread.start();
    thread.join();
  });
  EXPECT_EQ(result.outcomes, std::set<std::string>{"child, thread"});
}

TEST_F(HostWorld, WaitsForChildrenThatNobodyJoins) {
  const Result result = run([] { mp::Process(mp::fn<&tell_child>).start(); });
  EXPECT_EQ(result.outcomes, std::set<std::string>{"child"});
}

TEST_F(HostWorld, TellsOfACrashInAChild) {
  const Result result = run([] {
    mp::Process child(mp::fn<&throw_error>, {.name = "worker-1"});
    child.start();
    child.join();
  });
  ASSERT_EQ(verdict_of(result), "crash");
  EXPECT_EQ(std::get<Failed>(result.verdict).failures.at(0).finding.object, "worker-1");
}

TEST_F(HostWorld, ForgivesACrashWhoseExitcodeIsRead) {
  EXPECT_EQ(verdict_of(run([] {
              mp::Process child(mp::fn<&throw_error>);
              child.start();
              child.join();
              static_cast<void>(child.exitcode());
            })),
            "passed");
}

TEST_F(HostWorld, TellsOfACrashInTheMainProcess) {
  EXPECT_EQ(verdict_of(run([] { throw mp::ValueError("seven"); })), "crash");
  EXPECT_EQ(verdict_of(run([] { std::raise(SIGKILL); })), "crash");
}

TEST_F(HostWorld, TakesSystemExitForAnOrdinaryEnd) {
  EXPECT_EQ(verdict_of(run([] { mp::exit(3); })), "passed");
}

TEST_F(HostWorld, TellsOfAnAssertion) {
  EXPECT_EQ(verdict_of(run([] { session()->fail("wrong", mp::Location::current()); })), "assertion");
}

TEST_F(HostWorld, LetsAProgramTerminateItsChildren) {
  EXPECT_EQ(verdict_of(run([] {
              mp::Process child(mp::fn<&stop_here>);
              child.start();
              child.terminate();
              child.join();
            })),
            "passed");
}

TEST_F(HostWorld, GivesAHangUpAndNamesTheUnfinished) {
  const Result result = run(
      [] {
        mp::Process child(mp::fn<&stop_here>, {.name = "worker-1"});
        child.start();
        child.join();
      },
      {.executions = 5, .deadline = std::chrono::milliseconds(200)});
  ASSERT_EQ(verdict_of(result), "hang");
  EXPECT_NE(std::get<GaveUp>(result.verdict).why.find("main, worker-1"), std::string::npos);
  EXPECT_EQ(result.coverage.executions, 1u);
}

TEST_F(HostWorld, EndsEvenThoseWhoLeaveTheGroup) {
  const Result result = run(
      [] {
        if (::fork() == 0) {
          ::setsid();
          std::signal(SIGTERM, SIG_IGN);
          stop_here();
        }
      },
      {.executions = 1, .deadline = std::chrono::seconds(5)});
  EXPECT_EQ(verdict_of(result), "passed");
}

TEST_F(HostWorld, StopsWhenInterrupted) {
  HostOptions options{.executions = 1000};
  options.is_interrupted = [asked = 0]() mutable { return ++asked > 3; };
  const Result result = run(stop_here, options);
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(verdict_of(result), "passed");
  EXPECT_EQ(result.coverage.executions, 0u);
}

TEST_F(HostWorld, ChoosesWithinRange) {
  const Result result = run([] { session()->outcome(session()->choose(2) < 2 ? "ok" : "bad"); });
  EXPECT_EQ(result.outcomes, std::set<std::string>{"ok"});
}

}  // namespace
}  // namespace heddle::host
