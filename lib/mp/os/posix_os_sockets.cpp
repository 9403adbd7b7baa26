// Listeners and their callers on the POSIX Os: unix sockets by file or abstract name, TCP on 127.0.0.1. And
// the files' names, as far as sockets need them.
//
// Listeners are non-blocking behind the scenes, since two accepters may be woken by one caller. A TCP port is
// bound with SO_REUSEADDR, as CPython does: a server comes back to its port at once, whatever connections of
// the one before it still linger. TCP sends small messages at once (TCP_NODELAY), or each request would wait
// for the other side's delayed acknowledgement; what a listener accepts inherits that.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <mp/os/posix_os.hpp>
#include <mp/os/posix_os_numbers.hpp>
#include <mp/os/posix_os_time.hpp>

namespace mp {

namespace {

using posix_numbers::above_standard;

constexpr std::size_t temporary_letters_max = 60;  // leaves a socket's name 47 of its 107

struct KernelAddress {
  union {
    sockaddr generic;
    sockaddr_un file;
    sockaddr_in port;
  };
  socklen_t size = 0;
  int family() const { return generic.sa_family; }
};

Result<KernelAddress> unix_address(std::string_view name) {
  KernelAddress address{.file = {}};
  if (name.empty()) return failure(EINVAL);
  if (name.size() >= sizeof(address.file.sun_path)) return failure(ENAMETOOLONG);
  address.file.sun_family = AF_UNIX;
  std::memcpy(address.file.sun_path, name.data(), name.size());
  // An abstract name starts with a zero byte and ends where its size says, not at a terminator.
  const bool is_abstract = name.front() == '@';
  if (is_abstract) address.file.sun_path[0] = '\0';
  address.size =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size() + (is_abstract ? 0 : 1));
  return address;
}

Result<KernelAddress> kernel_address(const SocketAddress& wanted) {
  if (wanted.family == SocketAddress::Family::unix_name) return unix_address(wanted.name);
  KernelAddress address{.port = {}};
  address.port.sin_family = AF_INET;
  address.port.sin_port = htons(wanted.port);
  address.port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.size = sizeof(sockaddr_in);
  return address;
}

void switch_on(Descriptor fd, int level, int option) {
  const int on = 1;
  ::setsockopt(fd, level, option, &on, sizeof on);
}

/// A fresh stream socket above the standard descriptors.
Result<Descriptor> stream_socket(int family, int flags) {
  const Descriptor fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
  if (fd < 0) return failure(errno);
  const Result<Descriptor> moved = above_standard(fd);
  if (moved && family == AF_INET) switch_on(*moved, IPPROTO_TCP, TCP_NODELAY);
  return moved;
}

/// Closes what a failed call leaves behind and reports the failure.
tl::unexpected<Errno> close_after_failure(Descriptor fd, int error) {
  ::close(fd);
  return failure(error);
}

/// The kernel gives a connect up after this time; none at all is how it calls for ever.
void limit_connect(Descriptor fd, Instant deadline) {
  timeval limit{.tv_sec = 0, .tv_usec = 0};
  if (deadline != never) {
    const timespec left = posix_time::remaining(deadline);
    limit = {.tv_sec = left.tv_sec, .tv_usec = left.tv_nsec / 1'000 + 1};
    if (limit.tv_usec >= 1'000'000) limit = {.tv_sec = limit.tv_sec + 1, .tv_usec = 0};
  }
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

// A unix socket that is interrupted while it waits for room has not begun to connect, a TCP one goes on; in
// either case the same call waits again. What a TCP one says at its deadline depends on when it began.
Result<void> connect_in_time(Descriptor fd, const KernelAddress& address, Instant deadline) {
  while (true) {
    if (deadline != never) limit_connect(fd, deadline);
    if (::connect(fd, &address.generic, address.size) == 0 || errno == EISCONN) break;
    if (errno == EINTR) continue;
    const bool is_late = errno == EAGAIN || errno == EINPROGRESS || errno == EALREADY;
    return failure(is_late ? ETIMEDOUT : errno);
  }
  if (deadline != never) limit_connect(fd, never);
  return {};
}

Result<std::uint16_t> port_of(Descriptor socket, int (*ask)(int, sockaddr*, socklen_t*)) {
  KernelAddress address{.file = {}};
  address.size = sizeof address.file;
  if (ask(socket, &address.generic, &address.size) != 0) return failure(errno);
  return address.family() == AF_INET ? ntohs(address.port.sin_port) : std::uint16_t{0};
}

}  // namespace

Result<Descriptor> PosixOs::listen(SocketAddress address, int backlog) {
  const Result<KernelAddress> where = kernel_address(address);
  if (!where) return failure(where.error().value);
  const Result<Descriptor> fd = stream_socket(where->family(), SOCK_NONBLOCK);
  if (!fd) return fd;
  if (where->family() == AF_INET) switch_on(*fd, SOL_SOCKET, SO_REUSEADDR);
  if (::bind(*fd, &where->generic, where->size) != 0) return close_after_failure(*fd, errno);
  if (::listen(*fd, backlog < 0 ? 0 : backlog) != 0) return close_after_failure(*fd, errno);
  return fd;
}

Result<Descriptor> PosixOs::accept(Descriptor listener, Instant deadline) {
  while (true) {
    const Descriptor fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd >= 0) return above_standard(fd);
    if (errno == EINTR || errno == ECONNABORTED) continue;
    if (errno != EAGAIN) return failure(errno);
    PollItem item{.fd = listener};
    const Result<int> ready = PosixOs::poll(std::span(&item, 1), deadline);
    if (!ready) return failure(ready.error().value);
  }
}

Result<Descriptor> PosixOs::connect(SocketAddress address, Instant deadline) {
  const Result<KernelAddress> where = kernel_address(address);
  if (!where) return failure(where.error().value);
  const Result<Descriptor> fd = stream_socket(where->family(), 0);
  if (!fd) return fd;
  const Result<void> connected = connect_in_time(*fd, *where, deadline);
  if (!connected) return close_after_failure(*fd, connected.error().value);
  return fd;
}

Result<Ports> PosixOs::ports(Descriptor socket) {
  const Result<std::uint16_t> own = port_of(socket, &::getsockname);
  if (!own) return failure(own.error().value);
  const Result<std::uint16_t> peer = port_of(socket, &::getpeername);
  return Ports{.own = *own, .peer = peer.value_or(0)};
}

Result<void> PosixOs::make_directory(std::string_view path) {
  if (::mkdir(std::string(path).c_str(), S_IRWXU) != 0) return failure(errno);
  return {};
}

Result<void> PosixOs::remove(std::string_view path) {
  if (std::remove(std::string(path).c_str()) != 0) return failure(errno);
  return {};
}

std::string_view PosixOs::temporary_directory() {
  const char* const chosen = std::getenv("TMPDIR");
  const std::string_view path = chosen == nullptr ? "" : chosen;
  return path.starts_with('/') && path.size() <= temporary_letters_max ? path : Os::temporary_directory();
}

}  // namespace mp
