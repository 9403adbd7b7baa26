// What the environment asks of a HEDDLE_TEST, as a value.
#pragma once

#include <heddle/api/environment.hpp>
#include <optional>

namespace heddle::gtest {

struct Settings {
  Options options = {};
  std::optional<Token> replay = std::nullopt;  // instead of exploring
};

/// Errors: those of read_options and of read_token.
Expected<Settings> read_settings(const Lookup& lookup);

}  // namespace heddle::gtest
