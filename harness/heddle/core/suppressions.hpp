// Findings that somebody has looked at and decided to live with: each line of a suppressions file is a rule,
// a pattern for the object or the place, and the reason; perhaps the last day on which it holds. Only the
// values and what they match are here; their text is read in suppressions_text.hpp.
//
// A finding that a line matches is put aside where oracles tell it (engine/suppressing.hpp): it ends neither
// an execution nor a search, it takes no other finding's place, and it is counted.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/finding.hpp>

namespace heddle {

/// A day of the calendar, in UTC.
using Date = std::chrono::year_month_day;

/// "2027-01-31". Absent when the text is no day of a year of four digits.
std::optional<Date> date_of(std::string_view text);
std::string words_of(const Date& date);

struct Suppression {
  std::string rule;     // an id of the catalogue
  std::string pattern;  // of the object's name, or of a place `file:line`; * stands for any letters
  std::string reason;   // never empty
  std::uint32_t line = 0;
  std::optional<Date> until = {};  // the last day on which it holds; absent: it always does
  bool is_expired = false;
  friend bool operator==(const Suppression&, const Suppression&) = default;
};

/// One file's, in the order of its lines.
struct Suppressions {
  std::string file = {};
  std::vector<Suppression> lines = {};

  /// No line can match: there are none, or all have expired.
  bool is_idle() const;
  /// The first line that holds and is of the finding's rule, and whose pattern matches the object's name,
  /// the place where it was made (line 0: nobody knows), or the place of a party.
  const Suppression* match(const Finding& finding, const mp::Location& made_at) const;
  /// "suppressions.txt:3"
  std::string place_of(const Suppression& line) const;

  friend bool operator==(const Suppressions&, const Suppressions&) = default;
};

/// A finding that was put aside, and by which line.
struct Suppressed {
  std::string by;  // as Suppressions::place_of says
  std::string reason;
  std::string rule;
  std::string object;
  friend auto operator<=>(const Suppressed&, const Suppressed&) = default;
};

/// The lines of these rules left out: what a program declares to be found is looked for.
Suppressions without_rules(Suppressions suppressions, const std::set<std::string, std::less<>>& rules);

/// What is to be told of lines that did nothing, a sentence each: those that matched nothing, and those that
/// have expired.
std::vector<std::string> idle_lines(const Suppressions& suppressions, const std::set<Suppressed>& suppressed);

/// What was put aside, a sentence for each line of the file: "2 findings by suppressions.txt:3 (reason)".
std::vector<std::string> sums_of(const std::set<Suppressed>& suppressed);

/// Does the whole text match, * in the pattern standing for any letters, also none?
bool matches(std::string_view pattern, std::string_view text);

}  // namespace heddle
