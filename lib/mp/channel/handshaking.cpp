// One read, one look at what it means, one write. What a handshake sends is a few hundred bytes at most,
// which a connection takes that has carried nothing else, so no write waits.
#include <mp/channel/handshaking.hpp>

#include <mp/channel/framing.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

using Kind = HandshakeFailure::Kind;

Handshake::Challenge draw_challenge(Os& os) {
  Handshake::Challenge challenge{};
  os.random_bytes(challenge);
  return challenge;
}

/// A closed peer says so in one of three ways; only the end of file has no errno.
HandshakeFailure gone(Errno error) {
  return {
      .kind = Kind::gone, .words = "the other side closed in the middle of the handshake", .error = error};
}

}  // namespace

Handshaking::Handshaking(Os& os, Descriptor connection, const HandshakeTerms& terms)
    : connection_(connection), terms_(terms), handshake_(terms.side, terms.key, draw_challenge(os)) {
  terms_.key = {};
}

// Before anything is sent, so that the side that finds out is the first to say so.
void Handshaking::tell_of_failure(Os& os) {
  if (!failure() || failure()->kind == Kind::gone) return;
  report_misuse(os, terms_.kind, terms_.object, "connection-refused-key", failure()->words, terms_.where);
}

void Handshaking::send(Os& os) {
  const Bytes output = handshake_.take_output();
  if (output.empty()) return;
  const Result<void> written = write_all(os, connection_, output);
  if (!written && !failure()) handshake_.fail(gone(written.error()));
}

void Handshaking::go_on(Os& os) {
  std::array<std::byte, Handshake::message_bytes_max> room{};
  // A message without a body is complete as soon as its header is; there is always something wanted here.
  const Result<std::size_t> got = os.read(connection_, std::span(room).first(handshake_.wanted()));
  if (!got && got.error().value == EINTR) return;
  if (!got) return handshake_.fail(gone(got.error()));
  if (*got == 0) return handshake_.fail(gone({}));
  handshake_.take(std::span(room).first(*got));
  tell_of_failure(os);
  send(os);
}

void Handshaking::give_up(Os& os) {
  handshake_.fail({.kind = Kind::late, .words = "the other side did not authenticate in time"});
  tell_of_failure(os);
}

tl::expected<void, HandshakeFailure> shake_hands(Os& os, Descriptor connection, const HandshakeTerms& terms) {
  Handshaking handshake(os, connection, terms);
  handshake.begin(os);
  while (!handshake.is_over()) {
    PollItem item{.fd = connection};
    const Result<int> ready = uninterrupted([&] { return os.poll(std::span(&item, 1), terms.deadline); });
    if (!ready && ready.error().value != ETIMEDOUT) return tl::unexpected(gone(ready.error()));
    ready ? handshake.go_on(os) : handshake.give_up(os);
  }
  if (handshake.failure()) return tl::unexpected(*handshake.failure());
  return {};
}

void authenticate(Os& os, Descriptor connection, const HandshakeTerms& terms) {
  const tl::expected<void, HandshakeFailure> done = shake_hands(os, connection, terms);
  if (!done) throw_handshake_failure(done.error());
}

}  // namespace mp
