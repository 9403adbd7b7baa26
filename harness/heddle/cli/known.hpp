// A result held against a baseline: what of it is new, what was known, and what is no longer there.
#pragma once

#include <string>
#include <vector>

#include <heddle/cli/context.hpp>
#include <heddle/core/report.hpp>
#include <heddle/results/baseline.hpp>

namespace heddle::cli {

/// No file: an empty one, if there is to be one. Errors baseline-unreadable and baseline-malformed.
Expected<results::Baseline> load_baseline(const std::string& file, bool may_be_missing);

/// How many of a scenario's findings are known.
std::size_t known_of(const results::Baseline& baseline, std::string_view scenario);

struct Compared {
  Result rest;                                   // without the findings that are known
  std::vector<results::KnownFinding> unchanged;  // found, and known
  std::vector<results::KnownFinding> absent;     // known, and not found
};
Compared compared(const ReportItem& item, const results::Baseline& baseline, const std::string& root);

/// Those that have to be looked at, as a baseline would know them.
results::Baseline alarms_in(const ReportItem& item, const std::string& root);

/// "deadlock of door".
std::string words_of(const results::KnownFinding& known);

}  // namespace heddle::cli
