// One line of a program's text as tokens. Lines are the unit: an operation never spans two, and what a block
// is made of is told by indentation, which the parser reads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/programs/program.hpp>

namespace heddle::programs {

struct Token {
  enum class Kind : std::uint8_t { name, integer, real, text, bytes, sign, end };
  Kind kind = Kind::end;
  std::string text = {};  // of a text or bytes: what it means, without quotes and escapes
  Place place = {};
};

/// What is wrong with a text, and where; parse() makes an Error of it. Thrown by the lexer and the parser,
/// and caught there.
struct Malformed {
  Place place;
  std::string found;
  std::string expected;
  std::string hint = {};
};

/// The tokens of a line without its comment; the last one is of kind `end`. Throws Malformed.
std::vector<Token> tokens_of(std::string_view line, int number);

/// As a reader would name it: 'gett', 3, the end of the line.
std::string words_of(const Token& token);

}  // namespace heddle::programs
