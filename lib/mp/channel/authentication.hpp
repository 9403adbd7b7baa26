// How the two sides of a connection prove to each other that they have the same key, without saying it
// (AUTH-01..03): each sends random bytes, the other answers with a keyed digest of them, and is told whether
// that was right. The server challenges first. CPython's multiprocessing speaks the same protocol, so either
// side may be a Python.
//
// A Handshake is the protocol alone: it is fed the bytes that come and gives those that are to go, and never
// waits, so one task may drive any number of them (reception.hpp), or one in its own time (handshaking.hpp).
//
// What always holds: a message is one 4-byte big-endian length and at most 256 bytes, and no byte beyond the
// message is asked for, so what follows a handshake on the stream is still there. Nothing a peer sends is
// believed, and how long it takes to compare two digests says nothing about where they differ. After a
// failure nothing more is read; what is to be sent then tells the peer of it.
//
// We challenge in the form of CPython 3.12 and later, "{sha256}" and 40 random bytes. A peer that does not
// know it answers with HMAC-MD5 over all of that, which is accepted as it is there; a key of enough random
// bytes is as safe with it, and whoever must not meet MD5 needs peers that never use it. A challenge is
// answered in the form it has.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <mp/codec/coder.hpp>
#include <mp/os/os.hpp>

namespace mp {

enum class HandshakeSide : std::uint8_t { server, client };

/// Why a handshake came to nothing.
struct HandshakeFailure {
  enum class Kind : std::uint8_t {
    refused,       // a digest was wrong, or something was sent that is none: AuthenticationError (AUTH-02)
    no_challenge,  // something else was sent where a challenge belongs: AssertionError (AUTH-02)
    gone,          // the peer closed: EOFError, or the OSError of `error`
    late,          // it said nothing in time: TimeoutError
  };
  Kind kind{};
  std::string_view words;  // of the program's life time
  Errno error = {};
};

/// Throws what the kind says.
[[noreturn]] void throw_handshake_failure(const HandshakeFailure& failure);

class Handshake {
 public:
  static constexpr std::size_t random_bytes = 40;
  static constexpr std::size_t message_bytes_max = 256;
  using Challenge = std::array<std::byte, random_bytes>;

  /// `challenge`: bytes that nobody can foretell. An empty key is a key (AUTH-06).
  Handshake(HandshakeSide side, std::span<const std::byte> key, const Challenge& challenge);

  /// How many bytes to read next, at most; 0 once it is over.
  std::size_t wanted() const { return is_over() ? 0 : awaited_ - received_.size(); }
  /// What was read: at most wanted() bytes.
  void take(std::span<const std::byte> bytes);
  /// What is to be written now, in one piece; may be none.
  Bytes take_output() { return std::exchange(output_, {}); }

  bool is_over() const { return step_ == Step::over; }
  /// Absent: it is not over, or both sides have the key.
  const std::optional<HandshakeFailure>& failure() const { return failure_; }
  /// It is over for a reason that does not lie in what the peer has sent.
  void fail(HandshakeFailure failure);

 private:
  enum class Step : std::uint8_t { awaits_answer, awaits_challenge, awaits_verdict, over };

  void send(std::span<const std::byte> message);
  void challenge();
  void take_header();
  void take_message(std::span<const std::byte> message);
  void check_answer(std::span<const std::byte> answer);
  void answer(std::span<const std::byte> message);
  void take_verdict(std::span<const std::byte> verdict);

  HandshakeSide side_;
  Bytes key_;
  Bytes challenge_;  // ours, as it is sent, without the word in front
  Step step_ = Step::over;
  bool has_header_ = false;  // of the message that is coming
  std::size_t awaited_ = 0;  // bytes of the header or the body
  Bytes received_;           // of these
  Bytes output_;
  std::optional<HandshakeFailure> failure_;
};

}  // namespace mp
