// How the POSIX Os gives birth by spawn: fork and exec of the program's own image, which comes to life again
// at freeze_support. For posix_os_*.cpp and freeze_support alone.
//
// What crosses is a memory file that the child inherits: which function to run, as an offset within one of
// the images that a process of this program has mapped (the program or a shared library, known by its build
// id), and the payload. The new program has standard output and error, an empty standard input, the
// descriptors named for it and nothing else that was open.
#pragma once

#include <mp/os/os.hpp>

namespace mp::posix_spawning {

/// ENOEXEC: the entry is in a shared library without a build id. EBADF: a named descriptor is not open. Other
/// failures are those of fork and exec. That the child never comes to freeze_support is no failure: it then
/// runs the program's main, where it cannot start any process (is_unfrozen).
Result<ProcessId> spawn(const ProcessStart& start);

/// Runs the entry if the calling process was spawned, and does not return then. Otherwise nothing.
void live_if_spawned(int argc, char** argv);

/// Was the calling process spawned, and its main has not called freeze_support? A process that it started
/// would do the same again, without end (CTX-04).
bool is_unfrozen();

}  // namespace mp::posix_spawning
