// What is read of a process that is there, that is gone, and that goes in between.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include <heddle/worlds/host/process_stat.hpp>

namespace heddle::host {
namespace {

pid_t start_child() {
  const pid_t child = ::fork();
  if (child == 0)
    while (true) ::pause();
  return child;
}

void end(pid_t child) {
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

TEST(ProcessStat, NamesTheParent) {
  const pid_t child = start_child();
  const auto stat = stat_of(child);
  end(child);
  ASSERT_TRUE(stat);
  EXPECT_EQ(stat->parent, ::getpid());
}

TEST(ProcessStat, IsAbsentOfAProcessThatIsGone) {
  const pid_t child = start_child();
  end(child);
  EXPECT_FALSE(stat_of(child));
}

TEST(ProcessStat, IsAbsentOfAProcessThatEndsBeforeItIsRead) {
  const pid_t child = start_child();
  std::ifstream file("/proc/" + std::to_string(child) + "/stat");
  ASSERT_TRUE(file);
  end(child);
  EXPECT_FALSE(stat_in(file));
}

TEST(ProcessStat, IsNotMisledByTheProcessesName) {
  std::istringstream file("12 (a) b) S 34 12 12 0");
  const auto stat = stat_in(file);
  ASSERT_TRUE(stat);
  EXPECT_EQ(stat->state, 'S');
  EXPECT_EQ(stat->parent, 34);
}

}  // namespace
}  // namespace heddle::host
