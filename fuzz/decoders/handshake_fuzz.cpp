// Handshakes with a peer that sends these bytes. The first byte says which side we are and how the rest is
// cut into pieces. Whatever comes: no more is asked for than a message may have, nothing is said after the
// end, and nobody who does not know the key is welcome: only who sends one of the right answers, as seeds do.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include <mp/channel/authentication.hpp>
#include <mp/channel/digest.hpp>

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

constexpr std::size_t said_max = 4 * (4 + mp::Handshake::message_bytes_max);

bool holds_an_answer(std::span<const std::byte> sent, const mp::Bytes& key,
                     const mp::Handshake::Challenge& challenge) {
  const auto label = std::as_bytes(std::span(std::string_view("{sha256}")));
  mp::Bytes asked(label.begin(), label.end());
  asked.insert(asked.end(), challenge.begin(), challenge.end());
  for (const std::string_view name : {"md5", "sha256", "sha384", "sha3_256", "sha3_384"})
    if (const auto answer = mp::digest::keyed(name, key, asked))
      if (!std::ranges::search(sent, *answer).empty()) return true;
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const mp::HandshakeSide side = (data[0] & 1U) != 0 ? mp::HandshakeSide::server : mp::HandshakeSide::client;
  const std::size_t piece = 1 + (data[0] >> 1U);
  const mp::Bytes key(32, std::byte{0x5a});
  const mp::Handshake::Challenge challenge{std::byte{1}};
  mp::Handshake handshake(side, key, challenge);
  const std::span<const std::byte> sent = std::as_bytes(std::span(data, size)).subspan(1);
  std::span<const std::byte> rest = sent;
  std::size_t said = handshake.take_output().size();
  while (!rest.empty() && handshake.wanted() > 0) {
    demand(handshake.wanted() <= mp::Handshake::message_bytes_max);
    const std::size_t part = std::min({rest.size(), handshake.wanted(), piece});
    handshake.take(rest.first(part));
    rest = rest.subspan(part);
    said += handshake.take_output().size();
  }
  demand(said <= said_max);
  demand(handshake.is_over() || !handshake.failure());
  if (handshake.is_over() && !handshake.failure()) demand(holds_an_answer(sent, key, challenge));
  return 0;
}
