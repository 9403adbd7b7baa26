// What a gate found before and lives with for now: a file that is checked in, so that only what is new fails.
// A finding is known by its fingerprint, which outlives a change of lines; rule and object are for readers.
#pragma once

#include <compare>
#include <set>
#include <string>
#include <string_view>

#include <heddle/core/error.hpp>

namespace heddle::results {

struct KnownFinding {
  std::string scenario;
  std::string rule;
  std::string object;
  std::string fingerprint;
  friend auto operator<=>(const KnownFinding&, const KnownFinding&) = default;
};

using Baseline = std::set<KnownFinding>;

/// `file` is for the error. Error baseline-malformed.
Expected<Baseline> read_baseline(std::string_view text, const std::string& file);

/// JSON, a finding a line, in the order of scenarios.
std::string text_of(const Baseline& baseline);

}  // namespace heddle::results
