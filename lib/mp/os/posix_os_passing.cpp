// Descriptors on their way between processes, as SCM_RIGHTS beside one byte of a unix socket's stream. The
// byte is needed: Linux delivers rights with data only, and it tells the receiver where they stand.
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <mp/os/posix_os.hpp>
#include <mp/os/posix_os_numbers.hpp>

namespace mp {

namespace {

/// A message of one byte with room for one descriptor. Its parts point into it, so it stays where it is.
struct Parcel {
  char byte = 'D';
  iovec part{.iov_base = &byte, .iov_len = 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(Descriptor))> control{};
  msghdr header{.msg_name = nullptr,
                .msg_namelen = 0,
                .msg_iov = &part,
                .msg_iovlen = 1,
                .msg_control = control.data(),
                .msg_controllen = control.size(),
                .msg_flags = 0};
  Parcel() = default;
  Parcel(const Parcel&) = delete;
  Parcel& operator=(const Parcel&) = delete;
};

// Asked beforehand: TCP would send or receive the byte and leave the descriptor behind without a word.
Result<void> demand_unix(Descriptor socket) {
  int domain = 0;
  socklen_t size = sizeof domain;
  if (::getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0) return failure(errno);
  if (domain != AF_UNIX) return failure(EOPNOTSUPP);
  return {};
}

}  // namespace

Result<void> PosixOs::send_descriptor(Descriptor socket, Descriptor passed) {
  if (const Result<void> can_pass = demand_unix(socket); !can_pass) return can_pass;
  Parcel parcel;
  cmsghdr* const rights = CMSG_FIRSTHDR(&parcel.header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(Descriptor));
  std::memcpy(CMSG_DATA(rights), &passed, sizeof(Descriptor));
  while (::sendmsg(socket, &parcel.header, MSG_NOSIGNAL) < 0) {
    if (errno != EINTR) return failure(errno);
  }
  return {};
}

Result<Descriptor> PosixOs::receive_descriptor(Descriptor socket) {
  if (const Result<void> can_pass = demand_unix(socket); !can_pass) return failure(can_pass.error().value);
  Parcel parcel;
  ssize_t got = 0;
  while ((got = ::recvmsg(socket, &parcel.header, MSG_CMSG_CLOEXEC)) < 0) {
    if (errno != EINTR) return failure(errno);
  }
  if (got == 0) return failure(ENODATA);
  const cmsghdr* const rights = CMSG_FIRSTHDR(&parcel.header);
  if (rights == nullptr || rights->cmsg_level != SOL_SOCKET || rights->cmsg_type != SCM_RIGHTS) {
    return failure(EBADMSG);
  }
  Descriptor passed = -1;
  std::memcpy(&passed, CMSG_DATA(rights), sizeof(Descriptor));
  return posix_numbers::above_standard(passed);
}

}  // namespace mp
