// Operations in words, for findings and reports: one way to say who did what to which object, and where in
// the program. A place inside the primitives or the simulated kernel is nobody's who reads a report: where a
// destructor or the exit sequence made a call, the place is that of the object's making, or none.
#pragma once

#include <string>

#include <heddle/core/finding.hpp>
#include <heddle/core/situation.hpp>

namespace heddle {

/// "tasks.put(3)"; arguments are there if the execution was recorded.
std::string words_of(const Situation& situation, OperationIndex operation);

Party party_of(const Situation& situation, OperationIndex operation);

/// Of an operation that had only begun when it was told of the arguments were not known yet. Puts the words
/// that it has now into the finding's parties and its sentence.
void complete_words(Finding& finding, const Situation& situation);

}  // namespace heddle
