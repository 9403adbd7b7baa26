// Any bytes, decoded as a value of any of the types that have a codec: they are refused by a DecodeError, or
// they are a value that survives being encoded and decoded again. The first byte says which type.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using mp::Bytes;

// Compared as bytes, in which a NaN equals itself.
template <class T>
void decode_as(std::span<const std::byte> bytes) {
  Bytes once;
  try {
    once = mp::encode_message(mp::decode_message<T>(bytes));
  } catch (const mp::DecodeError&) {
    return;
  }
  if (mp::encode_message(mp::decode_message<T>(once)) != once) std::abort();
}

using Decode = void (*)(std::span<const std::byte>);
constexpr Decode decoders[] = {
    &decode_as<bool>,
    &decode_as<std::int8_t>,
    &decode_as<std::int64_t>,
    &decode_as<std::uint64_t>,
    &decode_as<double>,
    &decode_as<std::string>,
    &decode_as<Bytes>,
    &decode_as<std::optional<std::string>>,
    &decode_as<std::vector<std::int32_t>>,
    &decode_as<std::vector<std::vector<std::string>>>,
    &decode_as<std::pair<std::string, std::optional<double>>>,
    &decode_as<std::tuple<>>,
    &decode_as<std::tuple<std::int64_t, std::string, Bytes>>,
    &decode_as<std::map<std::string, std::vector<std::uint16_t>>>,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto bytes = std::as_bytes(std::span(data, size));
  decoders[data[0] % std::size(decoders)](bytes.subspan(1));
  return 0;
}
