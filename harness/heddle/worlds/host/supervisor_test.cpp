// The supervisor ends with the run, on demand, and with the harness.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include <heddle/worlds/host/supervisor.hpp>

namespace heddle::host {
namespace {

/// True if no process holds the writing end any more.
bool reaches_end_of_file(int fd) {
  std::array<char, 4096> block{};
  ssize_t count = 0;
  while ((count = ::read(fd, block.data(), block.size())) > 0) continue;
  return count == 0;
}

int sleep_for_ever() {
  while (true) ::pause();
}

class SupervisorOf : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(::pipe(ends_.data()), 0); }
  void TearDown() override { ::close(ends_[0]); }

  pid_t start(const std::function<int()>& body) {
    const pid_t supervisor = start_supervised(Reporter(ends_[1]), body);
    ::close(ends_[1]);
    return supervisor;
  }
  std::array<int, 2> ends_{};
};

TEST_F(SupervisorOf, EndsWithTheMainProcess) {
  const pid_t supervisor = start([] { return 3; });
  EXPECT_TRUE(reaches_end_of_file(ends_[0]));
  int status = 0;
  EXPECT_EQ(::waitpid(supervisor, &status, 0), supervisor);
  EXPECT_EQ(status, 0);
}

TEST_F(SupervisorOf, EndsOnDemand) {
  const pid_t supervisor = start(&sleep_for_ever);
  EXPECT_TRUE(is_running(supervisor));
  ::kill(supervisor, SIGTERM);
  EXPECT_TRUE(reaches_end_of_file(ends_[0]));
  ::waitpid(supervisor, nullptr, 0);
  EXPECT_FALSE(is_running(supervisor));
}

TEST_F(SupervisorOf, EndsWhenTheHarnessDies) {
  const pid_t harness = ::fork();
  if (harness == 0) {
    start_supervised(Reporter(ends_[1]), &sleep_for_ever);
    std::raise(SIGKILL);
  }
  ::close(ends_[1]);
  ::waitpid(harness, nullptr, 0);
  EXPECT_TRUE(reaches_end_of_file(ends_[0]));
}

TEST_F(SupervisorOf, FindsTheChildrenOfAProcess) {
  ::close(ends_[1]);
  const pid_t child = ::fork();
  if (child == 0) sleep_for_ever();
  EXPECT_EQ(children_of(::getpid()), std::vector<pid_t>{child});
  EXPECT_TRUE(is_running(child));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(children_of(::getpid()).empty());
}

}  // namespace
}  // namespace heddle::host
