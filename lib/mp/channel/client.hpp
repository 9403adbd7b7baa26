// Client: calls a Listener, of ours or of CPython's, and is a Connection when it was accepted (LIS-04,
// AUTH-07).
//
// Without a key the call has succeeded as soon as there is room among those who wait to be accepted; whether
// anybody accepts shows in what is received. With a key it has succeeded when both sides have shown that they
// have it, for which it waits until the timeout: the other side may be busy, or may know of no keys.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <mp/channel/address.hpp>
#include <mp/channel/connection.hpp>
#include <mp/process/authentication_key.hpp>

namespace mp {

struct ClientOptions {
  std::optional<Family> family = std::nullopt;              // absent: the address's
  std::optional<AuthenticationKey> authkey = std::nullopt;  // absent: nothing is asked and nothing answered
  /// For the handshake, in seconds from when the call got through; absent: for ever.
  Timeout handshake_timeout = std::chrono::duration<double>(60);
  std::string_view name = {};  // of the Connection, for reports
};

/// FileNotFoundError: no such file. ConnectionRefusedError: nobody listens. ValueError, OSError: as Listener.
/// With a key: AuthenticationError if the other side has another, and AssertionError if it says something
/// that is no challenge (AUTH-02); EOFError or OSError if it closes; TimeoutError if it says nothing in time.
Connection Client(const Address& address, const ClientOptions& options = {},
                  Location where = Location::current());

}  // namespace mp
