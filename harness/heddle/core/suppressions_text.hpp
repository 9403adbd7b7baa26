// The text of suppressions files, which people write by hand:
//
//   # comment
//   rule:pattern [until=2027-01-31] reason in words
//
// A pattern with spaces stands in double quotes. Nothing is guessed: a date that is none, a setting or a rule
// that nobody knows, or a line without a reason makes the file malformed, for what was meant to end one day
// must not hold for ever.
#pragma once

#include <string>
#include <string_view>

#include <heddle/core/error.hpp>
#include <heddle/core/suppressions.hpp>

namespace heddle {

/// `name` is where the text is from, and `today` decides what has expired. Error suppressions-malformed,
/// which names the line.
Expected<Suppressions> read_suppressions(std::string_view text, const std::string& name, const Date& today);

}  // namespace heddle
