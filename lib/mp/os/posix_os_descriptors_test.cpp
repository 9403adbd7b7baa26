#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>

#include <mp/os/interruption.hpp>
#include <mp/os/posix_os.hpp>

namespace mp {
namespace {

TEST(PosixDescriptors, AreCloseOnExec) {
  PosixOs os;
  const auto [in, out] = *os.pipe();
  const auto [a, b] = *os.socketpair();
  const Descriptor copy = *os.duplicate(in);
  for (const Descriptor fd : {in, out, a, b, copy}) {
    EXPECT_EQ(::fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    ASSERT_TRUE(os.close(fd));
  }
}

TEST(PosixDescriptors, LeaveTheStandardNumbersAlone) {
  const int saved = ::dup(STDIN_FILENO);
  ::close(STDIN_FILENO);
  PosixOs os;
  const auto [in, out] = *os.pipe();
  EXPECT_GT(in, STDERR_FILENO);
  EXPECT_GT(out, STDERR_FILENO);
  EXPECT_EQ(::fcntl(STDIN_FILENO, F_GETFD), -1);
  if (saved >= 0) {
    ::dup2(saved, STDIN_FILENO);
    ::close(saved);
  }
  ASSERT_TRUE(os.close(in));
  ASSERT_TRUE(os.close(out));
}

TEST(PosixDescriptors, AnAddressMustFitTheKernelsName) {
  PosixOs os;
  EXPECT_EQ(os.connect(std::string(200, 'x')).error(), Errno{ENAMETOOLONG});
  EXPECT_EQ(os.listen("", 1).error(), Errno{EINVAL});
}

TEST(PosixDescriptors, APathNamesASocketToo) {
  PosixOs os;
  const std::string path = testing::TempDir() + "heddle_posix_os_test." + std::to_string(::getpid());
  const Descriptor listener = *os.listen(path, 1);
  const Descriptor caller = *os.connect(path);
  const Descriptor accepted = *os.accept(listener, never);
  for (const Descriptor fd : {listener, caller, accepted}) ASSERT_TRUE(os.close(fd));
  EXPECT_EQ(os.connect(path).error(), Errno{ECONNREFUSED});
  ::unlink(path.c_str());
  EXPECT_EQ(os.connect(path).error(), Errno{ENOENT});
}

TEST(PosixDescriptors, ASignalDoesNotEndARead) {
  PosixOs os;
  Word thread;
  const auto [in, out] = *os.pipe();
  Result<std::size_t> got = failure(EINVAL);
  std::thread reader([&, fd = in] {
    os.store(thread, static_cast<std::uint32_t>(::gettid()));
    os.word_wake(thread, 1);
    std::byte byte{};
    got = os.read(fd, std::span(&byte, 1));
  });
  while (os.load(thread) == 0) static_cast<void>(os.word_wait(thread, 0, never));
  interrupt(reader.native_handle(), static_cast<pid_t>(os.load(thread)));
  const std::byte byte{};
  ASSERT_TRUE(os.write(out, std::span(&byte, 1)));
  reader.join();
  EXPECT_EQ(got, 1U);
  ASSERT_TRUE(os.close(in));
  ASSERT_TRUE(os.close(out));
}

TEST(PosixDescriptors, AProgramsOwnSigpipeHandlerStays) {
  const auto in_a_fresh_process = [] {
    struct sigaction action {};
    action.sa_handler = [](int) { ::_exit(7); };
    ::sigaction(SIGPIPE, &action, nullptr);
    PosixOs os;
    const auto [in, out] = *os.pipe();
    static_cast<void>(os.close(in));
    const std::byte byte{};
    static_cast<void>(os.write(out, std::span(&byte, 1)));
    ::_exit(0);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace mp
