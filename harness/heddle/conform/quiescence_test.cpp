// Real processes, at rest and not.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <heddle/conform/quiescence.hpp>
#include <thread>

namespace heddle::conform {
namespace {

/// A root, and one process below it that does this, after it has said so.
class Family {
 public:
  explicit Family(void (*body)()) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    root_ = ::fork();
    if (root_ == 0) {
      ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
      if (::fork() == 0) {
        static_cast<void>(::write(ends[1], "x", 1));
        body();
        ::_exit(0);
      }
      while (::waitpid(-1, nullptr, 0) > 0) continue;
      ::_exit(0);
    }
    char letter = 0;
    EXPECT_EQ(::read(ends[0], &letter, 1), 1);
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~Family() {
    for (std::vector<pid_t> left; !(left = processes_below(root_)).empty();)
      for (const pid_t process : left) ::kill(process, SIGKILL);
    ::waitpid(root_, nullptr, 0);
  }
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;
  pid_t root() const { return root_; }

 private:
  pid_t root_;
};

void spin() {
  while (true) static_cast<void>(::getppid());
}
void sleep_for_ever() {
  while (true) ::pause();
}
void sleep_beside_one_that_spins() {
  if (::fork() == 0) spin();
  sleep_for_ever();
}
void leave_one_in_another_session() {
  if (::fork() == 0) {
    ::setsid();
    if (::fork() == 0) sleep_for_ever();
  }
}

/// The test's time limit ends a wait for what never comes.
void await_rest(const Family& family) {
  while (!is_quiescent(family.root())) std::this_thread::yield();
}

TEST(Quiescence, WhoSleepsIsAtRest) {
  const Family family(&sleep_for_ever);
  await_rest(family);
  EXPECT_EQ(threads_below(family.root()).size(), 1U);
}

TEST(Quiescence, WhoRunsIsNot) {
  const Family family(&spin);
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(is_quiescent(family.root()));
}

TEST(Quiescence, OneWhoRunsIsEnough) {
  const Family family(&sleep_beside_one_that_spins);
  while (processes_below(family.root()).size() < 2) std::this_thread::yield();
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(is_quiescent(family.root()));
}

TEST(Quiescence, WhoIsStoppedIsAtRest) {
  const Family family(&spin);
  ::kill(processes_below(family.root()).at(0), SIGSTOP);
  await_rest(family);
}

TEST(Quiescence, WhoHasLostHisParentsBelongsToIt) {
  const Family family(&leave_one_in_another_session);
  await_rest(family);
  while (processes_below(family.root()).size() != 1) std::this_thread::yield();
  EXPECT_NE(::getsid(processes_below(family.root()).at(0)), ::getsid(0));
}

TEST(Quiescence, NobodyIsNotAtRest) { EXPECT_FALSE(is_quiescent(INT32_MAX)); }

}  // namespace
}  // namespace heddle::conform
