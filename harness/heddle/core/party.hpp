// Operations in words, for findings and reports: one way to say who did what to which object.
#pragma once

#include <string>

#include <heddle/core/finding.hpp>
#include <heddle/core/situation.hpp>

namespace heddle {

/// "tasks.put(3)"; arguments are there if the execution was recorded.
std::string words_of(const Situation& situation, OperationIndex operation);

Party party_of(const Situation& situation, OperationIndex operation);

}  // namespace heddle
