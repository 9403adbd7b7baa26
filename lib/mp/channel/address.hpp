// Where a Listener listens and a Client calls, in Python's terms: a path is AF_UNIX's, a host and a port are
// AF_INET's (LIS-01). A path that begins with a zero byte is an abstract name, which has no file.
//
// The host is this one: "localhost" or "127.0.0.1". Other addresses of the machine, and other machines, are
// refused with OSError (EADDRNOTAVAIL). There is no AF_PIPE and no IPv6.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include <mp/codec/coder.hpp>
#include <mp/os/socket_address.hpp>

namespace mp {

/// AF_UNIX, AF_INET, AF_PIPE.
enum class Family : std::uint8_t { local, internet, pipe };

/// Python's (host, port).
struct InternetAddress {
  std::string host = "localhost";
  std::uint16_t port = 0;  // 0, for a listener: one that is free
  friend bool operator==(const InternetAddress&, const InternetAddress&) = default;
};

/// None, a path, or a host and a port.
using Address = std::variant<std::monostate, std::string, InternetAddress>;

/// An address that a socket can have: as the program gave it, and as the Os page takes it.
class Endpoint {
 public:
  /// ValueError: there is no such family on this system, it is not the address's, or there is no address.
  /// OSError (EADDRNOTAVAIL): another machine.
  Endpoint(const Address& address, std::optional<Family> family);

  SocketAddress socket_address() const;  // a view of this
  /// The socket's file; empty: it has none.
  std::string path() const;
  bool is_internet() const { return is_internet_; }

 private:
  bool is_internet_ = false;
  std::string name_;  // as the Os page has it
  std::uint16_t port_ = 0;
};

/// What Python takes the address to be of. ValueError for none.
Family family_of(const Address& address);

/// In words, for reports.
std::string describe(const Address& address);

/// Part of a message or of a child's arguments. DecodeError: it is none.
void encode_address(Encoder& encoder, const Address& address);
Address decode_address(Decoder& decoder);

}  // namespace mp
