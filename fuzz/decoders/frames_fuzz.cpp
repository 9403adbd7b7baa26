// The framing of connections with a peer that sends these bytes and closes: messages are taken off until
// something is wrong. The first byte says how long a message may be. No message is longer than what was sent,
// and whatever was taken off whole is read the same when it is written again.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

#include <mp/channel/framing.hpp>
#include <mp/os/posix_os.hpp>

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

constexpr std::size_t sent_max = 65'536;  // fits a socket, so that nobody has to read meanwhile

void demand_same_again(mp::Os& os, const mp::Bytes& message) {
  const auto [here, there] = os.socketpair().value();
  demand(mp::write_message(os, there, message).has_value());
  demand(mp::read_message(os, here) == message);
  demand(os.close(here).has_value() && os.close(there).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  mp::PosixOs os;
  const std::optional<std::uint64_t> length_max =
      data[0] == 0 ? std::nullopt : std::optional<std::uint64_t>(data[0]);
  const auto sent = std::as_bytes(std::span(data, std::min(size, sent_max))).subspan(1);
  const auto [here, there] = os.socketpair().value();
  demand(mp::write_all(os, there, sent).has_value());
  demand(os.close(there).has_value());
  while (true) {
    mp::PassedDescriptors passed;
    const auto message = mp::read_message(os, here, length_max, &passed);
    if (!message) break;
    demand(message->size() <= sent.size());
    demand(!length_max || message->size() <= *length_max);
    demand_same_again(os, *message);
  }
  demand(os.close(here).has_value());
  return 0;
}
