// The rules heddle reports, by their stable public ids: the part of the misuse catalogue that exists.
#pragma once

#include <span>
#include <string_view>

#include <heddle/core/finding.hpp>

namespace heddle {

struct Rule {
  std::string_view id;
  Severity severity;
  bool predicts;  // may be reported from an execution in which no harm showed
  std::string_view summary;
  bool is_weighed = false;  // a rejected call is no finding by itself: its caller may learn by it what is new
  bool is_race = false;     // its parties are operations of different tasks that nothing orders
};

std::span<const Rule> rules();

/// A rule of the catalogue that nothing reports, because nothing here could observe it honestly.
struct UnobservedRule {
  std::string_view id;
  std::string_view why;
};

std::span<const UnobservedRule> unobserved_rules();

/// The row of an id; never null for an id that an oracle uses.
const Rule* rule(std::string_view id);

}  // namespace heddle
