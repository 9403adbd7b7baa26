// How processes came to their end, and what they took with them: read from the history when something is
// wrong.
#pragma once

#include <string>
#include <vector>

#include <heddle/core/situation.hpp>

namespace heddle {

/// The operation that ended the process by a signal: a terminate() or kill(), or the end of its parent. None:
/// it ended by itself, or a fault struck it.
OperationIndex struck_by(const Situation& situation, ProcessIndex process);

/// "was struck by main's worker.kill()", "was stopped when main ended".
std::string end_in_words(const Situation& situation, ProcessIndex process);

/// Has somebody read its exit code and seen that it did not end well?
bool exit_code_was_looked_at(const Situation& situation, ProcessIndex process);

/// The puts into this queue whose items nobody can ever get: accepted, and not written by the feeder before
/// it or its process ended.
std::vector<OperationIndex> puts_lost(const Situation& situation, ObjectIndex queue);

/// "producer was struck by main's producer.kill() before its feeder had written results.put(1),
/// results.put(2)".
std::string losses_in_words(const Situation& situation, const std::vector<OperationIndex>& lost);

}  // namespace heddle
