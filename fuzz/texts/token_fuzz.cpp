// Tokens are pasted by hand and come from other people's reports. Whatever the letters are, they are refused
// by one of three errors, or they are the one text of a token. An input that begins with h is such a text;
// any other is what a token's letters would hold, put into letters here with the length and the checksum that
// belong to it, because no fuzzer guesses those.
#include <xxhash.h>

#include <cstdint>
#include <cstdlib>
#include <heddle/core/token.hpp>
#include <string>
#include <string_view>

namespace {

using namespace heddle;

void require(bool holds) {
  if (!holds) std::abort();
}

void put_number(std::string& bytes, std::uint32_t number) {
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(number >> shift & 0xffU);
}

std::string letters_of(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string letters;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    held = held << 8U | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6) letters += alphabet[held >> (bits - 6) & 63U];
  }
  if (bits > 0) letters += alphabet[held << (6 - bits) & 63U];
  return letters;
}

std::string text_around(std::string_view payload) {
  std::string bytes;
  put_number(bytes, static_cast<std::uint32_t>(payload.size()));
  put_number(bytes, XXH32(payload.data(), payload.size(), 1));
  return "h1-" + letters_of(bytes.append(payload));
}

bool is_known(const Error& error) {
  return error.code == "token-version" || error.code == "token-truncated" || error.code == "token-corrupt";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto token = read_token(input.starts_with('h') ? std::string(input) : text_around(input));
  if (!token) {
    require(is_known(token.error()) && !token.error().what.empty() && !token.error().hint.empty());
    return 0;
  }
  const auto again = read_token(write_token(*token));
  require(again.has_value() && *again == *token);
  return 0;
}
