// Failures of a port that are known and may stay, each with the message it is expected to have: a line
// `queue/034-put-forms  # line 5: ...`. A list is wrong in both directions: what fails otherwise than it says
// is as unexpected as what fails though it does not say so, and what no longer fails has to leave it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/conform/port_report.hpp>

namespace heddle::conform {

/// By a case's id. `*` in a message stands for anything.
using FailureList = std::map<std::string, std::string>;

/// Error failures-malformed. `file`: for the message.
Expected<FailureList> failure_list_in(std::string_view text, std::string_view file);

/// A sentence for everything that is not as the list has it; empty: all is. What was not run is left alone.
std::vector<std::string> unexpected(const PortReport& report, const FailureList& known);

/// The list for this report; of cases that were not run what `known` has. Measured times become `*`.
std::string fixed(const PortReport& report, const FailureList& known);

}  // namespace heddle::conform
