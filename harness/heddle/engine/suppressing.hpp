// Findings that a suppressions file is about are put aside where an oracle tells them, before anything else
// sees them: so searching, confirming, shrinking and replaying all look for other findings, and the execution
// goes on as if nothing had been found.
//
// Not put aside: what no oracle tells. Those are the verdicts on a search (vacuous, nondeterministic), and
// what ThreadSanitizer reports, which has a suppressions file of its own.
#pragma once

#include <memory>

#include <heddle/core/oracle.hpp>
#include <heddle/core/suppressions.hpp>

namespace heddle {

/// The same oracle without what the lines match. They must live as long as it does.
std::unique_ptr<Oracle> suppressing(std::unique_ptr<Oracle> oracle, const Suppressions& suppressions);

}  // namespace heddle
