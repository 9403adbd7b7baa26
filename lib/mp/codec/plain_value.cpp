// Reading tokens in pairs, or one after the other into words.
#include <mp/codec/plain_value.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <mp/codec/tokens.hpp>
#include <mp/errors.hpp>

namespace mp {

namespace {

void demand_shallow(int depth) {
  if (depth > plain_depth_max) detail::refuse("a value is nested too deeply");
}

std::string_view text_of(const Token& token) {
  return {reinterpret_cast<const char*>(token.body.data()), token.body.size()};
}

/// As Python quotes a text that may hold anything: whole, because the reader asked for the value.
std::string quoted(std::string_view text, std::string_view prefix) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  const bool has_double = text.find('"') != std::string_view::npos;
  const char quote = has_single && !has_double ? '"' : '\'';
  std::string words(prefix);
  words += quote;
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == quote || letter == '\\') {
      words += {'\\', letter};
    } else if (letter == '\n') {
      words += "\\n";
    } else if (code < 0x20 || code == 0x7f || (code > 0x7f && !prefix.empty())) {
      words += fmt::format("\\x{:02x}", code);
    } else {
      words += letter;
    }
  }
  return words += quote;
}

std::string repr_of_handle(const Token& token) { return "<" + Decoder(token.body).text() + " object>"; }

std::string repr_of(TokenReader& reader, int depth) {
  demand_shallow(depth);
  const Token token = reader.next();
  switch (token.type) {
    case TokenType::nil:
      return "None";
    case TokenType::boolean:
      return token.number != 0 ? "True" : "False";
    case TokenType::natural:
      return fmt::format("{}", token.number);
    case TokenType::negative:
      return fmt::format("{}", static_cast<std::int64_t>(token.number));
    case TokenType::real:
      return describe_real(std::bit_cast<double>(token.number));
    case TokenType::text:
      return quoted(text_of(token), "");
    case TokenType::bytes:
      return quoted(text_of(token), "b");
    case TokenType::extension:
      return repr_of_handle(token);
    case TokenType::array:
      break;
  }
  std::string words = "[";
  for (std::uint64_t i = 0; i < token.number; ++i) words += (i > 0 ? ", " : "") + repr_of(reader, depth + 1);
  return words += "]";
}

bool is_number(const Token& token) {
  return token.type == TokenType::boolean || token.type == TokenType::natural ||
         token.type == TokenType::negative || token.type == TokenType::real;
}

// Wide enough for each integer of 64 bits and each double.
long double amount_of(const Token& token) {
  if (token.type == TokenType::real) return std::bit_cast<double>(token.number);
  if (token.type == TokenType::negative) return static_cast<std::int64_t>(token.number);
  return static_cast<long double>(token.number);
}

std::weak_ordering order_of_numbers(const Token& one, const Token& other) {
  const long double left = amount_of(one);
  const long double right = amount_of(other);
  if (std::isnan(left) || std::isnan(right)) return std::isnan(left) <=> std::isnan(right);
  if (left < right) return std::weak_ordering::less;
  return left > right ? std::weak_ordering::greater : std::weak_ordering::equivalent;
}

std::weak_ordering order_of(TokenReader& one, TokenReader& other, int depth);

std::weak_ordering order_of_arrays(std::uint64_t size, std::uint64_t other_size, TokenReader& one,
                                   TokenReader& other, int depth) {
  for (std::uint64_t i = 0; i < std::min(size, other_size); ++i)
    if (const std::weak_ordering order = order_of(one, other, depth + 1); order != 0) return order;
  return size <=> other_size;
}

std::weak_ordering order_of(TokenReader& one, TokenReader& other, int depth) {
  demand_shallow(depth);
  const Token left = one.next();
  const Token right = other.next();
  if (is_number(left) && is_number(right)) return order_of_numbers(left, right);
  if (left.type == right.type) {
    if (left.type == TokenType::text || left.type == TokenType::bytes)
      return std::lexicographical_compare_three_way(left.body.begin(), left.body.end(), right.body.begin(),
                                                    right.body.end());
    if (left.type == TokenType::array) return order_of_arrays(left.number, right.number, one, other, depth);
  }
  throw TypeError("values of these types have no order");
}

}  // namespace

std::string plain_repr(std::span<const std::byte> value) {
  TokenReader reader(value);
  std::string words = repr_of(reader, 0);
  if (!reader.rest().empty()) detail::refuse("bytes are left over");
  return words;
}

std::weak_ordering plain_order(std::span<const std::byte> one, std::span<const std::byte> other) {
  TokenReader left(one);
  TokenReader right(other);
  return order_of(left, right, 0);
}

}  // namespace mp
