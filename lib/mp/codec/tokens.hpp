// The tokens of msgpack, one at a time off the front of some bytes that nobody vouches for. Below the
// Decoder, which asks for a type, and below what has to read values of any type (plain_value.hpp).
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include <mp/codec/codec_values.hpp>

namespace mp {

enum class TokenType : std::uint8_t { nil, boolean, natural, negative, real, text, bytes, array, extension };

/// One msgpack token. number: the truth value, the natural, the negative's two's complement, the real's
/// bits as a double, the array's size or the extension's type; body: the text, bytes or extension.
struct Token {
  TokenType type{};
  std::uint64_t number = 0;
  std::span<const std::byte> body;
};

/// Reads tokens off the front of what is left.
class TokenReader {
 public:
  explicit TokenReader(std::span<const std::byte> rest) : rest_(rest) {}

  Token next() {
    const auto tag = static_cast<std::uint8_t>(take(1)[0]);
    if (tag <= 0x7f) return {.type = TokenType::natural, .number = tag, .body = {}};
    if (tag >= 0xe0) return negative(tag, 1);
    if (tag >= 0xa0 && tag <= 0xbf) return body(TokenType::text, tag & 0x1fU);
    if (tag >= 0x90 && tag <= 0x9f) return {.type = TokenType::array, .number = tag & 0x0fU, .body = {}};
    return long_form(tag);
  }

  std::span<const std::byte> rest() const { return rest_; }

 private:
  Token long_form(std::uint8_t tag) {
    switch (tag) {
      case 0xc0:
        return {.type = TokenType::nil, .number = 0, .body = {}};
      case 0xc2:
      case 0xc3:
        return {.type = TokenType::boolean, .number = tag & 1U, .body = {}};
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return body(TokenType::bytes, number(1U << (tag - 0xc4U)));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return extension(number(1U << (tag - 0xc7U)));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return extension(std::uint64_t{1} << (tag - 0xd4U));
      case 0xca:
        return real(std::bit_cast<float>(static_cast<std::uint32_t>(number(4))));
      case 0xcb:
        return real(std::bit_cast<double>(number(8)));
      case 0xcc:
      case 0xcd:
      case 0xce:
      case 0xcf:
        return {.type = TokenType::natural, .number = number(1U << (tag - 0xccU)), .body = {}};
      case 0xd0:
      case 0xd1:
      case 0xd2:
      case 0xd3: {
        const std::size_t width = 1U << (tag - 0xd0U);
        return negative(number(width), width);
      }
      case 0xd9:
      case 0xda:
      case 0xdb:
        return body(TokenType::text, number(1U << (tag - 0xd9U)));
      case 0xdc:
      case 0xdd:
        return {.type = TokenType::array, .number = number(2U << (tag - 0xdcU)), .body = {}};
      default:  // a byte from outside, not an enumeration of ours
        detail::refuse("bytes hold something that is never sent");
    }
  }

  std::span<const std::byte> take(std::uint64_t size) {
    if (size > rest_.size()) detail::refuse("bytes end early");
    const auto taken = rest_.first(static_cast<std::size_t>(size));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }

  /// A big-endian natural of so many bytes.
  std::uint64_t number(std::size_t width) {
    std::uint64_t value = 0;
    for (const std::byte byte : take(width)) value = value << 8U | static_cast<std::uint64_t>(byte);
    return value;
  }

  Token body(TokenType type, std::uint64_t size) {
    return {.type = type, .number = size, .body = take(size)};
  }

  Token extension(std::uint64_t size) {
    const std::uint64_t type = number(1);
    return {.type = TokenType::extension, .number = type, .body = take(size)};
  }

  static Token real(double value) {
    return {.type = TokenType::real, .number = std::bit_cast<std::uint64_t>(value), .body = {}};
  }

  /// A two's complement of so many bytes; a signed form may hold a natural all the same.
  static Token negative(std::uint64_t bits, std::size_t width) {
    const std::size_t shift = 64 - 8 * width;
    const auto value = static_cast<std::int64_t>(bits << shift) >> shift;
    const TokenType type = value < 0 ? TokenType::negative : TokenType::natural;
    return {.type = type, .number = static_cast<std::uint64_t>(value), .body = {}};
  }

  std::span<const std::byte> rest_;
};

}  // namespace mp
