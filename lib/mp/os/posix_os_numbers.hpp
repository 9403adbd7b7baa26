// Descriptor numbers of the POSIX Os: never 0, 1 or 2, so that a program that closed its standard input does
// not find a pipe there. For posix_os_*.cpp alone.
#pragma once

#include <mp/os/os.hpp>

namespace mp::posix_numbers {

/// The same file under a number that is not standard input, output or error. Closes `fd` if it has to move
/// it, also when that fails.
Result<Descriptor> above_standard(Descriptor fd);

}  // namespace mp::posix_numbers
