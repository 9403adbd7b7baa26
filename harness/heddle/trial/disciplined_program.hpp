// Programs drawn by chance that are correct: no rule finds anything in any execution of theirs. Each consists
// of one to three parts, in each of which some processes or threads use one kind of primitive as it is meant
// to be used: locks in a fixed order, shared and managed data under a lock, queues that end by a sentinel, a
// condition in a loop, a barrier to which all come, a pool that is closed and joined. Everybody is joined.
//
// The parts have nothing in common but a counter under a lock, and main goes through them in their order, so
// that what is true of each is true of all together.
#pragma once

#include <cstdint>
#include <string>

namespace heddle::trial {

/// The n-th as a program's text (docs/reference/program-text.md): always the same.
std::string draw_disciplined_program(std::uint64_t number);

}  // namespace heddle::trial
