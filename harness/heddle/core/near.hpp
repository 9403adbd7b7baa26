// Names that look like a mistyped one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// How many letters must be inserted, deleted or replaced to make one of the other (Levenshtein 1966).
std::size_t edits_between(std::string_view one, std::string_view other);

/// The names that contain the typed one, or are few edits away from it; best first, at most five.
std::vector<std::string_view> names_near(std::string_view typed, std::span<const std::string_view> names);

/// "did you mean 'x' or 'y'?", or `otherwise` when nothing is near.
std::string near_hint(std::string_view typed, std::span<const std::string_view> names,
                      std::string_view otherwise);

/// The names of a table whose rows have one.
template <class Rows>
std::vector<std::string_view> names_of(const Rows& rows) {
  std::vector<std::string_view> names;
  for (const auto& row : rows) names.push_back(row.name);
  return names;
}

}  // namespace heddle
