// Line by line, each by itself.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/core/near.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/core/suppressions_text.hpp>

namespace heddle {
namespace {

constexpr std::string_view space = " \t\r";
constexpr std::string_view form =
    "a line is rule:pattern, perhaps until=2027-01-31, and the reason (docs/reference/suppressions.md)";

/// What is wrong with a line, and what to do.
struct Wrong {
  std::string what;
  std::string hint = std::string(form);
};

template <class T>
using Read = tl::expected<T, Wrong>;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// Up to the next space; what is left has none in front.
std::string_view take_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, std::min(rest.find_first_of(space), rest.size()));
  rest = trimmed(rest.substr(word.size()));
  return word;
}

Read<std::string> take_rule(std::string_view& rest) {
  const std::size_t colon = rest.find(':');
  if (colon == std::string_view::npos || colon > rest.find_first_of(space))
    return tl::unexpected(Wrong{"no rule begins this line"});
  const std::string name(rest.substr(0, colon));
  rest.remove_prefix(colon + 1);
  if (rule(name) != nullptr) return name;
  std::vector<std::string_view> ids;
  for (const Rule& each : rules()) ids.push_back(each.id);
  return tl::unexpected(
      Wrong{fmt::format("no rule is called '{}'", name), near_hint(name, ids, "heddle rules lists them")});
}

Read<std::string> take_pattern(std::string_view& rest) {
  std::string_view pattern;
  if (rest.starts_with('"')) {
    const std::size_t end = rest.find('"', 1);
    if (end == std::string_view::npos) return tl::unexpected(Wrong{"the pattern's quotes are not closed"});
    pattern = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (!rest.empty() && space.find(rest.front()) == std::string_view::npos)
      return tl::unexpected(Wrong{"a space is missing behind the pattern"});
    rest = trimmed(rest);
  } else {
    pattern = take_word(rest);
  }
  if (pattern.empty())
    return tl::unexpected(Wrong{"there is no pattern behind the rule", "* matches every object and place"});
  return std::string(pattern);
}

/// A word like name=value, with a name of small letters, in front of the reason.
bool is_setting(std::string_view word) {
  const std::size_t end = static_cast<std::size_t>(
      std::ranges::find_if(word, [](char c) { return c < 'a' || c > 'z'; }) - word.begin());
  return end > 0 && end < word.size() && word[end] == '=';
}

Read<std::optional<Date>> take_expiry(std::string_view& rest) {
  std::string_view after = rest;
  const std::string_view word = take_word(after);
  if (!is_setting(word)) return std::nullopt;
  rest = after;
  if (!word.starts_with("until="))
    return tl::unexpected(
        Wrong{fmt::format("nothing is set by '{}'", word), "the only setting is until=2027-01-31"});
  const std::string_view day = word.substr(word.find('=') + 1);
  if (const auto date = date_of(day)) return date;
  return tl::unexpected(
      Wrong{fmt::format("'{}' is no day", day), "write until=2027-01-31: year, month, day"});
}

Read<Suppression> read_line(std::string_view rest) {
  auto rule = take_rule(rest);
  if (!rule) return tl::unexpected(rule.error());
  auto pattern = take_pattern(rest);
  if (!pattern) return tl::unexpected(pattern.error());
  const auto until = take_expiry(rest);
  if (!until) return tl::unexpected(until.error());
  if (is_setting(rest.substr(0, std::min(rest.find_first_of(space), rest.size()))))
    return tl::unexpected(Wrong{"there is a second setting", "the only setting is until=2027-01-31, once"});
  if (rest.empty())
    return tl::unexpected(Wrong{"there is no reason", "say behind it why this finding may stay"});
  return Suppression{
      .rule = *std::move(rule), .pattern = *std::move(pattern), .reason = std::string(rest), .until = *until};
}

}  // namespace

Expected<Suppressions> read_suppressions(std::string_view text, const std::string& name, const Date& today) {
  Suppressions all{.file = name};
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    auto read = read_line(line);
    if (!read)
      return tl::unexpected(Error{.code = "suppressions-malformed",
                                  .what = fmt::format("{}:{}: {}", name, number, read.error().what),
                                  .hint = read.error().hint});
    read->line = number;
    read->is_expired = read->until && *read->until < today;
    all.lines.push_back(*std::move(read));
  }
  return all;
}

}  // namespace heddle
