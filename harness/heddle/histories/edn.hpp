// Reads EDN, the notation of Clojure's data that histories are often written in
// (https://github.com/edn-format/edn): nil, booleans, numbers, text, keywords, symbols, vectors, lists, sets
// and maps. Tags, characters and discarded forms are refused.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace heddle::histories {

struct Form {
  enum class Kind : unsigned char { word, text, keyword, sequence, map };
  Kind kind = Kind::word;
  std::string text = {};  // word ("nil", "-3", "x"), text without its quotes, keyword without its colon
  std::vector<Form> items = {};  // of a sequence; of a map keys and values by turns

  friend bool operator==(const Form&, const Form&) = default;
};

/// The value of that keyword in a map; null if it has none.
const Form* value_of(const Form& map, std::string_view keyword);
/// As it would be written, but top-level text without quotes.
std::string text_of(const Form& form);

struct EdnError {
  std::size_t column = 0;  // from 1
  std::string expected;    // "a closing ]"
};

/// Everything that stands in the line, one form after the other.
tl::expected<std::vector<Form>, EdnError> read_edn(std::string_view line);

}  // namespace heddle::histories
