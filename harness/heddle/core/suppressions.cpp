// Matching, and the sentences about lines.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include <heddle/core/suppressions.hpp>

namespace heddle {
namespace {

// A path's leading folders may be left out: where a file lies is another machine's affair.
bool matches_place(std::string_view pattern, const mp::Location& where) {
  if (where.line() == 0) return false;
  const std::string place = fmt::format("{}:{}", where.file_name(), where.line());
  std::string_view rest = place;
  for (;;) {
    if (matches(pattern, rest)) return true;
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return false;
    rest.remove_prefix(slash + 1);
  }
}

bool matches_finding(std::string_view pattern, const Finding& finding, const mp::Location& made_at) {
  return matches(pattern, finding.object) || matches_place(pattern, made_at) ||
         std::ranges::any_of(finding.parties,
                             [&](const Party& party) { return matches_place(pattern, party.where); });
}

std::optional<unsigned> number_of(std::string_view digits) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Date> date_of(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number_of(text.substr(0, 4));
  const auto month = number_of(text.substr(5, 2));
  const auto day = number_of(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                  std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string words_of(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

// Where letters differ, the latest * takes one letter more; an earlier one need not, for what came after it
// has matched as early as it could.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t in_pattern = 0;
  std::size_t in_text = 0;
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;
  while (in_text < text.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      taken = in_text;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == text[in_text]) {
      ++in_pattern;
      ++in_text;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      in_text = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

bool Suppressions::is_idle() const { return std::ranges::all_of(lines, &Suppression::is_expired); }

const Suppression* Suppressions::match(const Finding& finding, const mp::Location& made_at) const {
  const auto found = std::ranges::find_if(lines, [&](const Suppression& each) {
    return !each.is_expired && each.rule == finding.rule && matches_finding(each.pattern, finding, made_at);
  });
  return found == lines.end() ? nullptr : &*found;
}

std::string Suppressions::place_of(const Suppression& line) const {
  return fmt::format("{}:{}", file, line.line);
}

Suppressions without_rules(Suppressions suppressions, const std::set<std::string, std::less<>>& rules) {
  std::erase_if(suppressions.lines, [&](const Suppression& each) { return rules.contains(each.rule); });
  return suppressions;
}

std::vector<std::string> idle_lines(const Suppressions& suppressions,
                                    const std::set<Suppressed>& suppressed) {
  std::vector<std::string> told;
  for (const Suppression& each : suppressions.lines) {
    const std::string place = suppressions.place_of(each);
    if (each.is_expired)
      told.push_back(fmt::format("{}: expired after {}: {}:{} suppresses nothing", place,
                                 words_of(*each.until), each.rule, each.pattern));
    else if (std::ranges::none_of(suppressed, [&](const Suppressed& other) { return other.by == place; }))
      told.push_back(fmt::format("{}: unused: no finding matched {}:{}", place, each.rule, each.pattern));
  }
  return told;
}

std::vector<std::string> sums_of(const std::set<Suppressed>& suppressed) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> counts;
  for (const Suppressed& each : suppressed) ++counts[{each.by, each.reason}];
  std::vector<std::string> sums;
  for (const auto& [line, count] : counts)
    sums.push_back(
        fmt::format("{} finding{} by {} ({})", count, count == 1 ? "" : "s", line.first, line.second));
  return sums;
}

}  // namespace heddle
