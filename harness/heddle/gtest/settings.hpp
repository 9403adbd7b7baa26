// What the environment asks of a HEDDLE_TEST, as a value.
#pragma once

#include <functional>
#include <heddle/api/heddle.hpp>
#include <optional>
#include <string>

namespace heddle::gtest {

struct Settings {
  Options options = {};
  std::optional<Token> replay = std::nullopt;  // instead of exploring
};

/// Gives the value of an environment variable, or nullptr.
using Lookup = std::function<const char*(const char* variable)>;

/// Errors: budget-malformed, usage (a malformed seed), and those of read_token. Whether a strategy exists is
/// for the exploration to say.
Expected<Settings> read_settings(const Lookup& lookup);

}  // namespace heddle::gtest
