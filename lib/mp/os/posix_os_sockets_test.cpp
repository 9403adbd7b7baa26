// What the Os page does not say of listeners and their callers, and this Os keeps all the same.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>

#include <mp/os/interruption.hpp>
#include <mp/os/posix_os.hpp>

namespace mp {
namespace {

struct Connected {
  Descriptor listener;
  Descriptor caller;
  Descriptor accepted;
};

Connected connect_over(PosixOs& os, SocketAddress address) {
  const Descriptor listener = *os.listen(address, 1);
  if (address.family == SocketAddress::Family::loopback) address.port = os.ports(listener)->own;
  const Descriptor caller = *os.connect(address);
  return {listener, caller, *os.accept(listener, never)};
}

void close_all(PosixOs& os, const Connected& all) {
  for (const Descriptor fd : {all.listener, all.caller, all.accepted}) ASSERT_TRUE(os.close(fd));
}

std::string fresh_name(std::string_view before) {
  return std::string(before) + "heddle-posix-os-test-" + std::to_string(::getpid());
}

TEST(PosixSockets, AreCloseOnExec) {
  PosixOs os;
  for (const SocketAddress address : {SocketAddress(0), SocketAddress("@heddle-posix-os-test")}) {
    const Connected all = connect_over(os, address);
    for (const Descriptor fd : {all.listener, all.caller, all.accepted})
      EXPECT_EQ(::fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    close_all(os, all);
  }
}

TEST(PosixSockets, OfTcpSendSmallMessagesAtOnceAtBothEnds) {
  PosixOs os;
  const Connected all = connect_over(os, SocketAddress(0));
  for (const Descriptor fd : {all.caller, all.accepted}) {
    int is_on = 0;
    socklen_t size = sizeof is_on;
    ASSERT_EQ(::getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &is_on, &size), 0);
    EXPECT_NE(is_on, 0);
  }
  close_all(os, all);
}

TEST(PosixSockets, ConnectedInTimeHaveNoLimitOnWritesLeft) {
  PosixOs os;
  const std::string name = fresh_name("@");
  const Descriptor listener = *os.listen(name, 1);
  const Descriptor caller = *os.connect(name, os.now() + std::chrono::seconds(5));
  timeval limit{.tv_sec = 1, .tv_usec = 1};
  socklen_t size = sizeof limit;
  ASSERT_EQ(::getsockopt(caller, SOL_SOCKET, SO_SNDTIMEO, &limit, &size), 0);
  EXPECT_EQ(limit.tv_sec, 0);
  EXPECT_EQ(limit.tv_usec, 0);
  ASSERT_TRUE(os.close(listener));
  ASSERT_TRUE(os.close(caller));
}

TEST(PosixSockets, ADirectoryIsItsOwnersAlone) {
  PosixOs os;
  const std::string path = fresh_name(testing::TempDir());
  ASSERT_TRUE(os.make_directory(path));
  struct stat found {};
  ASSERT_EQ(::stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0700U);
  EXPECT_TRUE(os.remove(path));
}

/// A caller that waits at a full backlog, is interrupted there, and then accepted.
void expect_to_connect_though_interrupted(PosixOs& os, Instant deadline) {
  const std::string name = fresh_name("@");
  const Descriptor listener = *os.listen(name, 0);
  const Descriptor first = *os.connect(name);
  Word thread;
  Result<Descriptor> second = failure(EINVAL);
  std::thread caller([&] {
    os.store(thread, static_cast<std::uint32_t>(::gettid()));
    os.word_wake(thread, 1);
    second = os.connect(name, deadline);
  });
  while (os.load(thread) == 0) static_cast<void>(os.word_wait(thread, 0, never));
  interrupt(caller.native_handle(), static_cast<pid_t>(os.load(thread)));
  const Descriptor accepted = *os.accept(listener, never);
  caller.join();
  ASSERT_TRUE(second);
  for (const Descriptor fd : {listener, first, accepted, *second}) ASSERT_TRUE(os.close(fd));
}

TEST(PosixSockets, ASignalDoesNotEndAConnect) {
  PosixOs os;
  expect_to_connect_though_interrupted(os, never);
  expect_to_connect_though_interrupted(os, os.now() + std::chrono::seconds(10));
}

TEST(PosixSockets, ATemporaryDirectoryLeavesRoomForASocketsName) {
  PosixOs os;
  const std::string usual(os.temporary_directory());
  EXPECT_FALSE(usual.empty());
  const char* const before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("TMPDIR", "/var/tmp", 1);
  EXPECT_EQ(os.temporary_directory(), "/var/tmp");
  ::setenv("TMPDIR", ("/" + std::string(80, 'x')).c_str(), 1);
  EXPECT_EQ(os.temporary_directory(), "/tmp");
  before == nullptr ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
}

}  // namespace
}  // namespace mp
