// Listener: where connections come from that nobody was born with. Any process that knows the address, and
// the key if there is one, may call by Client (client.hpp); each accepted call is a Connection of its own.
//
// Rows met: LIS-01..05, AUTH-01..08; PIPE-23 and PIPE-27 for accept. Cured: a caller who is silent, slow or
// gone while it should authenticate delays nobody (AUTH-05), and an empty key is a key like any other
// (AUTH-06). Differs: the address cannot be asked for after close, with OSError (LIS-03). CPython's clients
// and servers are understood, from 3.8 on, in both forms of the handshake.
//
// A socket file is in a directory of its own that only its user may enter, and is removed with it: by
// close(), the destructor or the exit sequence, in the process that made it. A killed process leaves it
// behind.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include <mp/channel/address.hpp>
#include <mp/channel/connection.hpp>
#include <mp/process/authentication_key.hpp>

namespace mp {

struct ListenerOptions {
  std::optional<Family> family = std::nullopt;  // absent: the address's
  int backlog = 1;                              // callers beyond one who wait for accept(); negative: 0
  std::optional<AuthenticationKey> authkey = std::nullopt;  // absent: callers need none
  /// How long accept() may have to wait for one caller's handshake, in seconds; absent: for ever.
  Timeout handshake_timeout = std::chrono::duration<double>(10);
  std::string_view name = {};  // for reports; the connections are "name.1", "name.2"
};

class Listener {
 public:
  /// Without an address: a fresh socket file, or a free port if the family is AF_INET. ValueError: the
  /// address is of no family that this system has. OSError: it is taken (EADDRINUSE), not this machine's
  /// (EADDRNOTAVAIL), or the machine refuses; FileNotFoundError: its directory is not there.
  explicit Listener(const Address& address = {}, const ListenerOptions& options = {},
                    Location where = Location::current());
  Listener(Listener&&) noexcept = default;
  Listener& operator=(Listener&& other) noexcept;
  ~Listener();  // close()

  /// The next caller; waits for one. With a key, the next who has it. AuthenticationError: one has another
  /// key, or does not speak the protocol; AssertionError: it has the key but does not ask for ours (AUTH-02).
  /// That caller is turned away, and accept() may be called again (AUTH-04). Callers who say nothing in time,
  /// or go away, are left out without a word. OSError: "listener is closed", or the machine refuses.
  Connection accept(Location where = Location::current());

  /// Takes no more calls; who was not accepted is turned away, accepted connections live on. A second time
  /// does nothing.
  void close(Location where = Location::current());
  bool is_closed() const;

  /// Where it can be called: the port if one was found, the path if one was made. OSError when closed.
  const Address& address() const;
  /// Who was accepted last: a host and a port, or an empty path for a unix socket, whose callers have none.
  /// Absent: nobody yet.
  std::optional<Address> last_accepted() const;

  ObjectId object() const;
  /// A child has a Listener of its own at the same address, and both accept. OSError when closed.
  void encode(Encoder& encoder) const;
  static Listener decode(Decoder& decoder);

 private:
  struct State;
  explicit Listener(std::shared_ptr<State> state);

  State& open_state() const;  // OSError when closed

  std::shared_ptr<State> state_;  // null once moved from
};

}  // namespace mp
