#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include <mp/os/posix_os.hpp>

namespace mp {
namespace {

int status_of(Os& os, int (*entry)(std::span<const std::byte>)) {
  const ProcessId child = *os.start_process({.name = "child", .entry = entry});
  return os.wait_process(child, never)->status;
}

TEST(PosixProcesses, ReadNothingFromTheirStandardInput) {
  PosixOs os;
  EXPECT_EQ(status_of(os,
                      [](std::span<const std::byte>) {
                        char byte = 0;
                        return static_cast<int>(::read(STDIN_FILENO, &byte, 1));
                      }),
            0);
}

TEST(PosixProcesses, RunNoExitHandlersOfTheirParent) {
  const auto in_a_fresh_process = [] {
    std::atexit([] { ::_exit(9); });
    PosixOs os;
    const int status = status_of(os, [](std::span<const std::byte>) { return 4; });
    ::_exit(status);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(4), "");
}

TEST(PosixProcesses, WriteWhatIsBufferedOnce) {
  const auto in_a_fresh_process = [] {
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    std::ios::sync_with_stdio(false);
    std::printf("<stdio>");
    std::cout << "<stream>";
    PosixOs os;
    status_of(os, [](std::span<const std::byte>) {
      std::cout << "<child>";
      return 0;
    });
    std::cout.flush();
    std::fflush(stdout);
    ::_exit(0);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(0), "(^|[^>])<stream><stdio><child>$");
}

struct Ends {
  Descriptor in;
  Descriptor out;
};

int end_after_the_parent_let_go(std::span<const std::byte> payload) {
  Ends ends{};
  std::memcpy(&ends, payload.data(), sizeof ends);
  ::close(ends.out);
  char byte = 0;
  return ::read(ends.in, &byte, 1) == 0 ? 6 : 1;
}

// With a deadline the wait uses a descriptor if one is to be had.
TEST(PosixProcesses, AreWaitedForWithoutADescriptorToBeHad) {
  const auto in_a_fresh_process = [] {
    PosixOs os;
    const auto [in, out] = *os.pipe();
    const Ends ends{in, out};
    const ProcessId child = *os.start_process({.name = "child",
                                               .entry = &end_after_the_parent_let_go,
                                               .payload = std::as_bytes(std::span(&ends, 1))});
    const rlimit none{.rlim_cur = 3, .rlim_max = 3};
    ::setrlimit(RLIMIT_NOFILE, &none);
    const Result<ProcessEnd> early = os.wait_process(child, os.now() + std::chrono::milliseconds(20));
    const bool was_late = !early && early.error().value == ETIMEDOUT;
    ::close(out);
    const Result<ProcessEnd> end = os.wait_process(child, os.now() + std::chrono::seconds(60));
    ::_exit(was_late && end && end->status == 6 ? 0 : 1);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(0), "");
}

TEST(PosixProcesses, NeverSignalAGroup) {
  PosixOs os;
  EXPECT_EQ(os.signal_process(ProcessId{0}, Signal::kill).error(), Errno{ESRCH});
  EXPECT_EQ(os.signal_process(ProcessId{-1}, Signal::kill).error(), Errno{ESRCH});
  EXPECT_EQ(os.wait_process(ProcessId{-1}, never).error(), Errno{ECHILD});
}

TEST(PosixProcesses, CallTheRoutineWhenMainReturns) {
  const auto in_a_fresh_process = [] {
    PosixOs os;
    os.call_at_exit([] { ::_exit(6); });
    std::exit(0);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(6), "");
}

TEST(PosixProcesses, LeaveTheRoutineOutInAForkOfTheProgramsOwn) {
  const auto in_a_fresh_process = [] {
    PosixOs os;
    os.call_at_exit([] { ::_exit(6); });
    const pid_t child = ::fork();
    if (child == 0) std::exit(3);
    ::_exit(os.wait_process(ProcessId{child}, never)->status);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(3), "");
}

}  // namespace
}  // namespace mp
