// Words and numbers in the JSON of result files. Numbers of 64 bits that mean nothing but themselves are
// written in hexadecimal, so that readers whose numbers are doubles keep them. Whatever is of another type
// than it should be is a std::invalid_argument, or an exception of nlohmann's: a result is never guessed.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace heddle::results {

using Json = nlohmann::ordered_json;

/// What a program records may be any bytes, and JSON holds text.
Json of_text(const std::string& text);
std::string text_from(const Json& json);

Json of_names(const std::set<std::string>& names);
std::set<std::string> names_from(const Json& json);

/// Sixteen letters.
std::string of_hash(std::uint64_t hash);
std::uint64_t hash_from(const Json& json);
std::uint64_t number_of_hex(std::string_view letters);

std::uint64_t number_from(const Json& json);
std::uint32_t small_from(const Json& json);

template <class T>
T found(std::optional<T> value) {
  if (!value) throw std::invalid_argument("an unknown name");
  return *value;
}

}  // namespace heddle::results
