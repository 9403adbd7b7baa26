// Says what a tape does, in the words of the program: at which step each deviation comes, which task runs
// because of it and which one would have, and at which operation that one stands.
#pragma once

#include <span>
#include <vector>

#include <heddle/core/verdict.hpp>
#include <heddle/engine/tape_replay.hpp>

namespace heddle {

/// Where a task stands at a choice: in an operation, or before its next one. none: it has ended its last.
/// `is_before`: it is known to be at an operation's start, because that is what the choice was made for.
OperationIndex operation_at(const Situation& recorded, TaskIndex task, std::uint64_t step, bool is_before,
                            Granularity granularity);

/// Of a run that was recorded: what each entry did that was used.
std::vector<Essential> essentials_of(const Tape& tape, std::span<const TapeReplay::Use> uses,
                                     const Situation& recorded, Granularity granularity);

}  // namespace heddle
