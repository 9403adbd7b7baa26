#include <mp/process/records.hpp>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <mp/process/process.hpp>

namespace mp::detail {
namespace {

TEST(Records, LeaveTheListWhenTheirEndIsKnown) {
  Process process(fn<[] {}>);
  process.start();
  EXPECT_EQ(listed_children(os()).size(), 1U);
  process.join();
  EXPECT_TRUE(listed_children(os()).empty());
}

TEST(Records, OfForgottenChildrenAreReapedByTheNextStart) {
  {
    Process(fn<[] {}>).start();
  }
  const ProcessId forgotten = listed_children(os()).front()->pid;
  // Waits for the end without taking it.
  siginfo_t ended{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(forgotten), &ended, WEXITED | WNOWAIT), 0);
  Process next(fn<[] {}>);
  next.start();
  EXPECT_EQ(os().wait_process(forgotten, never).error(), Errno{ECHILD});
  EXPECT_EQ(listed_children(os()).size(), 1U);
  next.join();
}

TEST(Records, OfDaemonThreadsAreListedToo) {
  Thread thread([] {}, {.daemon = true});
  thread.start();
  EXPECT_EQ(listed_threads(os()).size(), 1U);
  thread.join();
  EXPECT_TRUE(listed_threads(os()).empty());
}

}  // namespace
}  // namespace mp::detail
