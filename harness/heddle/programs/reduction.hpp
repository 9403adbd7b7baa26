// Programs that are like a given one and simpler by one thing: what a shrinker tries. A reduction knows
// nothing of findings and need not make sense; plan.hpp tells which ones do.
#pragma once

#include <cstddef>
#include <vector>

#include <heddle/programs/program.hpp>

namespace heddle::programs {

/// The boldest first: without a script and all that is done to it, without an object, without a result and
/// all that uses it, without half of a block's operations and so on down to one, a block's operations without
/// the block, fewer copies, fewer repeats, an operation of which nothing is expected, a smaller number.
/// Empty: nothing of it is left to take away. Declared findings and outcomes stay as they are.
std::vector<Program> reductions(const Program& program);

/// How many there are, those of blocks too.
std::size_t operations_in(const Program& program);

/// As if it had been read from its own text: operations numbered anew.
Program numbered(Program program);

/// Numbered, and without objects that nobody mentions: making one may be what matters of it.
Program tidied(Program program);

}  // namespace heddle::programs
