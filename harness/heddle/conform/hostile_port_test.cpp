// Adapters that will not end, each in one way (hostile_adapter.py). The deadline ends the case, nobody of the
// adapter is left, and the next case finds a new one.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <heddle/conform/port.hpp>
#include <heddle/conform/schema.hpp>
#include <heddle/conform/suite.hpp>
#include <string>
#include <vector>

namespace heddle::conform {
namespace {

/// A program with a comment of so many letters, which the adapter is told with it.
Case case_called(const std::string& name, std::size_t letters = 0) {
  const auto made = case_of("# " + std::string(letters, 'x') + "\nprogram q/" + name +
                                "\nobject q = Queue()\nprocess main:\n  q.put(1)\n",
                            "q");
  EXPECT_TRUE(made);
  return made ? *made : Case{};
}

class HostilePort : public testing::Test {
 protected:
  HostilePort() : file_(testing::TempDir() + "/hostile-" + std::to_string(::getpid())) {}
  ~HostilePort() override { std::filesystem::remove(file_); }

  /// Of the case in which it goes wrong; the one behind it has to pass.
  CaseResult came_out(const std::string& how, std::size_t letters = 0, const Check& check = {}) {
    const auto result = run_port("python3 harness/heddle/conform/hostile_adapter.py " + how + " " + file_,
                                 {case_called("1", letters), case_called("2")},
                                 {.deadline = std::chrono::milliseconds(500), .check = check}, {});
    if (!result || result->cases.size() != 2) return {.message = "there is no result"};
    EXPECT_EQ(result->restarts, 1U);
    EXPECT_EQ(result->cases[1].status, Status::passed) << result->cases[1].message;
    return result->cases[0];
  }
  /// How many it had, each of which has gone.
  std::size_t gone() const {
    std::ifstream ids(file_);
    std::size_t count = 0;
    for (pid_t id = 0; ids >> id; ++count) EXPECT_EQ(::kill(id, 0), -1) << id;
    return count;
  }

  std::string file_;
};

TEST_F(HostilePort, WhoIgnoresSignalsIsEnded) {
  const CaseResult result = came_out("deaf");
  EXPECT_EQ(result.status, Status::failed);
  EXPECT_EQ(gone(), 1U);
}

TEST_F(HostilePort, WhoIsStoppedIsEnded) {
  EXPECT_EQ(came_out("stopped").status, Status::failed);
  EXPECT_EQ(gone(), 1U);
}

TEST_F(HostilePort, ChildrenThatHoldThePipesAreEnded) {
  EXPECT_EQ(came_out("with-children").status, Status::failed);
  EXPECT_EQ(gone(), 3U);
}

TEST_F(HostilePort, OrphansInOtherSessionsAreEnded) {
  EXPECT_EQ(came_out("with-orphans").status, Status::failed);
  EXPECT_EQ(gone(), 3U);
}

TEST_F(HostilePort, WhoStopsReadingIsEnded) {
  const CaseResult result = came_out("reads-nothing", 500'000);
  EXPECT_EQ(result.status, Status::failed);
  EXPECT_EQ(result.message, "the deadline is over, and the adapter does not read. Waiting: nobody");
  EXPECT_EQ(gone(), 1U);
}

TEST_F(HostilePort, LinesWithoutEndAreCutOff) {
  const CaseResult result = came_out("many-lines", 0, check_by_schema());
  EXPECT_EQ(result.status, Status::failed);
  EXPECT_EQ(result.message, "the deadline is over. Waiting: main: q.put(1) (line 5)");
  EXPECT_EQ(gone(), 1U);
}

TEST_F(HostilePort, ALineWithoutEndIsCutOff) {
  EXPECT_NE(came_out("no-line").status, Status::passed);
  EXPECT_EQ(gone(), 1U);
}

}  // namespace
}  // namespace heddle::conform
