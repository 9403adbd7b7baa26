// A token is the one pasted line that reproduces a finding: scenario, options and tape, versioned and
// checksummed, in letters that survive copy and paste.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/core/error.hpp>
#include <heddle/core/options.hpp>
#include <heddle/core/tape.hpp>

namespace heddle {

struct Token {
  std::string scenario;
  RunOptions run = {};
  std::uint64_t default_digest = 0;  // of the default execution: tells whether the program has changed
  Tape tape = {};
  friend bool operator==(const Token&, const Token&) = default;
};

std::string write_token(const Token& token);

/// Errors: token-version (made by another heddle), token-truncated, token-corrupt.
Expected<Token> read_token(std::string_view text);

}  // namespace heddle
