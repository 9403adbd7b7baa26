// Where a listener is to be found on this machine: a unix socket, by the path of its file or, with '@' in
// front, by a name without a file (Linux's abstract namespace); or a port of the loopback interface, by TCP.
// Other machines are nobody's business here. A view: the name is the caller's to keep during the call.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

namespace mp {

struct SocketAddress {
  enum class Family : std::uint8_t { unix_name, loopback };
  Family family = Family::unix_name;
  std::string_view name = {};  // of a unix socket, less than 108 letters
  std::uint16_t port = 0;      // of the loopback interface; 0, for a listener: one that is free

  /// A unix socket's. Not explicit, because a path is what an address mostly is.
  template <std::convertible_to<std::string_view> Name>
  SocketAddress(const Name& unix_name) : name(unix_name) {}
  explicit SocketAddress(std::uint16_t loopback_port) : family(Family::loopback), port(loopback_port) {}

  bool is_abstract() const { return family == Family::unix_name && name.starts_with('@'); }
  friend bool operator==(const SocketAddress&, const SocketAddress&) = default;
};

/// The TCP ports that a socket connects. 0: it is no TCP socket, or (peer) nobody is at the other end.
struct Ports {
  std::uint16_t own = 0;
  std::uint16_t peer = 0;
  friend bool operator==(const Ports&, const Ports&) = default;
};

}  // namespace mp
