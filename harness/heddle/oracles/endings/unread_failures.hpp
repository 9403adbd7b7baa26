// Jobs of pools that raised, and of which nobody learned until the program ended.
#pragma once

#include <heddle/core/finding.hpp>
#include <heddle/core/situation.hpp>

namespace heddle::endings {

/// To be asked once, when the execution is over.
void tell_unread_failures(const Situation& situation, Findings& findings);

}  // namespace heddle::endings
