// What the commands that search have in common about suppressions: reading the file, leaving out what is
// declared, and telling what lines did nothing.
#pragma once

#include <set>
#include <string>

#include <heddle/cli/context.hpp>
#include <heddle/core/suppressions.hpp>

namespace heddle::cli {

/// None for an empty name. Errors suppressions-unreadable and suppressions-malformed.
Expected<Suppressions> suppressions_in(const std::string& file, const Context& context);

/// Without the rules that a scenario or a program declares: it is judged by whether they are found.
Suppressions undeclared(const Suppressions& suppressions, const Scenario& declared);

/// The command whose next word is a token; one found beside suppressed findings needs the file again.
std::string replaying_with(const Suppressions& suppressions, const Context& context);

/// Remarks on lines that matched nothing and on those that have expired.
void tell_idle(const Suppressions& suppressions, const std::set<Suppressed>& suppressed,
               const Context& context);

}  // namespace heddle::cli
