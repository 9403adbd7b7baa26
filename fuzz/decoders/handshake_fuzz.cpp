// Handshakes with a peer that sends these bytes. The first byte says which side we are and how the rest is
// cut into pieces. Whatever comes: no more is asked for than a message may have, nothing is said after the
// end, and nobody who does not know the key is welcome.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

#include <mp/channel/authentication.hpp>

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

constexpr std::size_t said_max = 4 * (4 + mp::Handshake::message_bytes_max);

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const mp::HandshakeSide side = (data[0] & 1U) != 0 ? mp::HandshakeSide::server : mp::HandshakeSide::client;
  const std::size_t piece = 1 + (data[0] >> 1U);
  const mp::Bytes key(32, std::byte{0x5a});
  mp::Handshake handshake(side, key, mp::Handshake::Challenge{std::byte{1}});
  std::span<const std::byte> rest = std::as_bytes(std::span(data, size)).subspan(1);
  std::size_t said = handshake.take_output().size();
  while (!rest.empty() && handshake.wanted() > 0) {
    demand(handshake.wanted() <= mp::Handshake::message_bytes_max);
    const std::size_t part = std::min({rest.size(), handshake.wanted(), piece});
    handshake.take(rest.first(part));
    rest = rest.subspan(part);
    said += handshake.take_output().size();
  }
  demand(said <= said_max);
  demand(handshake.is_over() == handshake.failure().has_value());
  return 0;
}
