// See the header. Scenario names have parts ("tutorial/queue-basics"); people type the last one, so a name
// is as near as the nearer of its whole and its last part.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include <heddle/core/near.hpp>

namespace heddle {
namespace {

constexpr std::size_t names_max = 5;

std::size_t distance(std::string_view typed, std::string_view name) {
  if (!typed.empty() && name.find(typed) != std::string_view::npos) return 0;
  const std::string_view last = name.substr(name.rfind('/') + 1);
  return std::min(edits_between(typed, name), edits_between(typed, last));
}

}  // namespace

std::size_t edits_between(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < one.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t replaced = diagonal + (one[i] == other[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::vector<std::string_view> names_near(std::string_view typed, std::span<const std::string_view> names) {
  const std::size_t edits_max = std::max<std::size_t>(2, typed.size() / 3);
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const std::string_view name : names)
    if (const std::size_t edits = distance(typed, name); edits <= edits_max) near.emplace_back(edits, name);
  std::ranges::sort(near);
  std::vector<std::string_view> best;
  for (const auto& [edits, name] : near)
    if (best.size() < names_max) best.push_back(name);
  return best;
}

std::string near_hint(std::string_view typed, std::span<const std::string_view> names,
                      std::string_view otherwise) {
  const auto near = names_near(typed, names);
  return near.empty() ? std::string(otherwise) : fmt::format("did you mean '{}'?", fmt::join(near, "' or '"));
}

}  // namespace heddle
