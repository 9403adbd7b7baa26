// Real processes, at rest and not.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <heddle/conform/quiescence.hpp>
#include <thread>

namespace heddle::conform {
namespace {

/// A group of one process that does this, after it has said so.
class Group {
 public:
  explicit Group(void (*body)()) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::setpgid(0, 0);
      static_cast<void>(::write(ends[1], "x", 1));
      body();
      ::_exit(0);
    }
    char letter = 0;
    EXPECT_EQ(::read(ends[0], &letter, 1), 1);
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~Group() {
    ::kill(-pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  pid_t id() const { return pid_; }

 private:
  pid_t pid_;
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
void sleep_beside_one_of_another_group() {
  if (::fork() == 0) {
    ::setpgid(0, 0);
    sleep_for_ever();
  }
  sleep_for_ever();
}

/// The test's time limit ends a wait for what never comes.
void await_rest(const Group& group) {
  while (!is_quiescent(group.id())) std::this_thread::yield();
}

TEST(Quiescence, WhoSleepsIsAtRest) {
  const Group group(&sleep_for_ever);
  await_rest(group);
  EXPECT_EQ(threads_of_group(group.id()).size(), 1U);
}

TEST(Quiescence, WhoRunsIsNot) {
  const Group group(&spin);
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(is_quiescent(group.id()));
}

TEST(Quiescence, OneWhoRunsIsEnough) {
  const Group group(&sleep_beside_one_that_spins);
  while (processes_of_group(group.id()).size() < 2) std::this_thread::yield();
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(is_quiescent(group.id()));
}

TEST(Quiescence, WhoIsStoppedIsAtRest) {
  const Group group(&spin);
  ::kill(group.id(), SIGSTOP);
  await_rest(group);
}

TEST(Quiescence, DescendantsBelongToIt) {
  const Group group(&sleep_beside_one_of_another_group);
  while (processes_of_group(group.id()).size() < 2) std::this_thread::yield();
  for (const pid_t process : processes_of_group(group.id()))
    if (process != group.id()) ::kill(process, SIGKILL);
}

TEST(Quiescence, NobodyIsNotAtRest) { EXPECT_FALSE(is_quiescent(INT32_MAX)); }

}  // namespace
}  // namespace heddle::conform
