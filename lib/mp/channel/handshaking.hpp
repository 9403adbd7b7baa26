// A handshake (authentication.hpp) over a connected descriptor: step by step for whoever waits for several
// things at once, or whole, with a deadline, for a task that has nothing else to do.
//
// A server that gives each connection a thread of its own calls shake_hands (or authenticate) there with
// HandshakeSide::server; a client calls it with HandshakeSide::client once it is connected. A Listener does
// both for its users, and drives its callers together (reception.hpp).
#pragma once

#include <mp/channel/authentication.hpp>

namespace mp {

/// On what terms a handshake is made. What it is told under, when the rule connection-refused-key is
/// reported, is the object of the operation that it is a part of.
struct HandshakeTerms {
  HandshakeSide side{};
  std::span<const std::byte> key = {};  // copied
  Instant deadline = never;             // of the whole handshake
  ObjectKind kind = ObjectKind::none;
  ObjectId object = ObjectId::none;
  Location where = Location::current();
};

/// A handshake under way. Does not own its descriptor.
class Handshaking {
 public:
  /// Draws the random bytes; nothing is sent yet.
  Handshaking(Os& os, Descriptor connection, const HandshakeTerms& terms);

  /// Sends what there is to send before anything is read. Once.
  void begin(Os& os) { send(os); }
  /// Takes what can be read now, up to the end of a message, and sends what follows from it. Waits only if
  /// nothing can be read: call it when poll says so.
  void go_on(Os& os);
  /// It is over: nothing came in time.
  void give_up(Os& os);

  bool is_over() const { return handshake_.is_over(); }
  /// Absent: it is not over, or both sides have the key.
  const std::optional<HandshakeFailure>& failure() const { return handshake_.failure(); }
  Descriptor connection() const { return connection_; }
  Instant deadline() const { return terms_.deadline; }
  void set_deadline(Instant deadline) { terms_.deadline = deadline; }

 private:
  void send(Os& os);
  void tell_of_failure(Os& os);

  Descriptor connection_;
  HandshakeTerms terms_;  // but the key, which the handshake has
  Handshake handshake_;
};

/// A whole handshake. The descriptor stays open whatever comes of it. A failure other than that the peer is
/// gone is reported as connection-refused-key before the peer hears of it.
tl::expected<void, HandshakeFailure> shake_hands(Os& os, Descriptor connection, const HandshakeTerms& terms);

/// The same. AuthenticationError: the keys differ, or the peer sent what belongs to no handshake;
/// AssertionError: something other than a challenge (AUTH-02). EOFError, BrokenPipeError,
/// ConnectionResetError: the peer closed. TimeoutError: it was not done by the deadline.
void authenticate(Os& os, Descriptor connection, const HandshakeTerms& terms);

}  // namespace mp
