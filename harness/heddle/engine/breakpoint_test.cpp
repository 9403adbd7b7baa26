// The signal at a step, alone and with gdb looking on. gdb is among the packages of ci/deps: where there is
// none the test fails.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <heddle/api/heddle.hpp>
#include <heddle/api/replay.hpp>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

volatile std::sig_atomic_t traps = 0;
void count_trap(int) { traps = traps + 1; }

/// Without a debugger the signal would end the program.
class Breakpoints : public testing::Test {
 protected:
  Breakpoints() {
    traps = 0;
    struct sigaction action {};
    action.sa_handler = &count_trap;
    ::sigaction(SIGTRAP, &action, &before_);
  }
  ~Breakpoints() override { ::sigaction(SIGTRAP, &before_, nullptr); }

 private:
  struct sigaction before_ {};
};

[[gnu::noinline]] void stand_here(mp::Lock& lock) { lock.acquire(); }

void first_takes_and_second_stands() {
  mp::Lock lock({.name = "lock"});
  auto first = trial::start_thread("first", [&] { mp::With held(lock); });
  auto second = trial::start_thread("second", [&] {
    stand_here(lock);
    lock.release();
  });
  first.join();
  second.join();
}

const Token default_run{.scenario = "program", .run = {}, .tape = {}};

// The step that a report numbers the second thread's acquire with.
std::uint64_t step_of_the_stand() {
  const auto failing = [] {
    first_takes_and_second_stands();
    check(false, "so that there is a history");
  };
  const Result result = replay(failing, default_run);
  const Situation& history = *std::get<Failed>(result.verdict).failures.at(0).history;
  std::uint64_t step = 0;
  for (const OperationRow& row : history.operations)
    if (row.verb == mp::Verb::acquire) step = row.step_begin;  // the last one's
  return step;
}

TEST_F(Breakpoints, RaiseTheSignalAtTheStepThatReportsNumber) {
  EXPECT_TRUE(replay_to(&first_takes_and_second_stands, default_run, step_of_the_stand()));
  EXPECT_EQ(traps, 1);
}

TEST_F(Breakpoints, RaiseNothingAfterTheEnd) {
  EXPECT_FALSE(replay_to(&first_takes_and_second_stands, default_run, 1'000'000));
  EXPECT_EQ(traps, 0);
}

TEST_F(Breakpoints, ChangeNothingInTheExecution) {
  const Result free = replay(&first_takes_and_second_stands, default_run);
  const auto stopped = replay_to(&first_takes_and_second_stands, default_run, 3);
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->coverage.steps, free.coverage.steps);
  EXPECT_EQ(stopped->coverage.choice_points, free.coverage.choice_points);
}

// What gdb says that runs the named test of this binary until it stops.
std::string gdb_says(const std::string& test) {
  const std::string self = std::filesystem::read_symlink("/proc/self/exe");
  const std::string command =
      "env -u GTEST_OUTPUT -u GTEST_TOTAL_SHARDS -u GTEST_SHARD_INDEX -u DEBUGINFOD_URLS gdb -nx -batch "
      "-ex run -ex backtrace -ex kill --args '" +
      self + "' --gtest_filter=" + test + " 2>&1";
  std::FILE* const output = ::popen(command.c_str(), "r");
  if (output == nullptr) return "no shell";
  std::string said;
  for (int letter = std::fgetc(output); letter != EOF; letter = std::fgetc(output))
    said += static_cast<char>(letter);
  ::pclose(output);
  return said;
}

TEST(BreakpointUnderGdb, StandsInTheTaskThatComesToTheStep) {
  const std::string said = gdb_says("Breakpoints.RaiseTheSignalAtTheStepThatReportsNumber");
  EXPECT_NE(said.find("received signal SIGTRAP"), std::string::npos) << said;
  EXPECT_NE(said.find("stand_here"), std::string::npos) << said;
  EXPECT_NE(said.find("first_takes_and_second_stands"), std::string::npos) << said;
}

}  // namespace
}  // namespace heddle
