// Pipes, socket pairs and polling of the POSIX Os. Every descriptor made here is close-on-exec (a child by
// fork has it all the same) and above 2, so that a program that closed its standard input does not find a
// pipe there.
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <vector>

#include <mp/os/posix_os.hpp>
#include <mp/os/posix_os_numbers.hpp>
#include <mp/os/posix_os_spinning.hpp>
#include <mp/os/posix_os_time.hpp>

namespace mp {

Result<Descriptor> posix_numbers::above_standard(Descriptor fd) {
  if (fd > STDERR_FILENO) return fd;
  const Descriptor moved = ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int error = errno;
  ::close(fd);
  if (moved < 0) return failure(error);
  return moved;
}

namespace {

using posix_numbers::above_standard;

Result<std::pair<Descriptor, Descriptor>> both_above_standard(const Descriptor (&pair)[2]) {
  const Result<Descriptor> first = above_standard(pair[0]);
  const Result<Descriptor> second = above_standard(pair[1]);
  if (first && second) return std::pair(*first, *second);
  if (first) ::close(*first);
  if (second) ::close(*second);
  return failure(first ? second.error().value : first.error().value);
}

// write to a closed pipe must be an EPIPE. A program that has a handler of its own keeps it.
void ignore_sigpipe() {
  static std::atomic<bool> done = false;
  if (done.load(std::memory_order_relaxed)) return;
  struct sigaction current {};
  if (::sigaction(SIGPIPE, nullptr, &current) == 0 && (current.sa_flags & SA_SIGINFO) == 0 &&
      current.sa_handler == SIG_DFL) {
    current.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &current, nullptr);
  }
  done.store(true, std::memory_order_relaxed);
}

// A look is a system call.
constexpr std::uint32_t looks_max = 64;

int look(std::span<pollfd> watched) {
  constexpr timespec at_once{};
  return ::ppoll(watched.data(), watched.size(), &at_once, nullptr);
}

// Whatever is wrong is for the call that follows to find.
bool spin_on(std::span<pollfd> watched) {
  return posix_spinning::of_this_thread().spin(looks_max, &posix_spinning::processors,
                                               [&] { return look(watched) != 0; });
}

}  // namespace

Result<std::pair<Descriptor, Descriptor>> PosixOs::pipe() {
  Descriptor ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return failure(errno);
  return both_above_standard(ends);
}

Result<std::pair<Descriptor, Descriptor>> PosixOs::socketpair() {
  Descriptor ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return failure(errno);
  return both_above_standard(ends);
}

Result<std::size_t> PosixOs::read(Descriptor fd, std::span<std::byte> into) {
  pollfd watched{.fd = fd, .events = POLLIN, .revents = 0};
  spin_on(std::span(&watched, 1));
  while (true) {
    const ssize_t got = ::read(fd, into.data(), into.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return failure(errno);
  }
}

Result<std::size_t> PosixOs::write(Descriptor fd, std::span<const std::byte> bytes) {
  ignore_sigpipe();
  while (true) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put >= 0) return static_cast<std::size_t>(put);
    if (errno != EINTR) return failure(errno);
  }
}

Result<void> PosixOs::close(Descriptor fd) {
  // Never again after an interruption: Linux has freed the number, and another thread may have it.
  if (::close(fd) != 0 && errno != EINTR) return failure(errno);
  return {};
}

Result<Descriptor> PosixOs::duplicate(Descriptor fd) {
  const Descriptor copy = ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (copy < 0) return failure(errno);
  return copy;
}

Result<int> PosixOs::poll(std::span<PollItem> items, Instant deadline) {
  std::vector<pollfd> watched;
  watched.reserve(items.size());
  for (const PollItem& item : items) {
    if (item.fd < 0) return failure(EBADF);  // the kernel would leave it out
    watched.push_back({.fd = item.fd, .events = POLLIN, .revents = 0});
  }
  if (deadline != immediately) spin_on(watched);
  while (true) {
    const timespec left = posix_time::remaining(deadline);
    const int ready = ::ppoll(watched.data(), watched.size(), deadline == never ? nullptr : &left, nullptr);
    if (ready > 0) break;
    if (ready == 0) return failure(ETIMEDOUT);
    if (errno != EINTR) return failure(errno);
  }
  int ready = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if ((watched[i].revents & POLLNVAL) != 0) return failure(EBADF);
    items[i].ready = watched[i].revents != 0;
    ready += items[i].ready ? 1 : 0;
  }
  return ready;
}

}  // namespace mp
