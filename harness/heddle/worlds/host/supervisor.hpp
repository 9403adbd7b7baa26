// A process between the harness and one host run. It starts the main process in a group and session of its
// own, inherits every process that loses its parent, and does not end before all of them are gone: when the
// main process has ended, when it is told to (SIGTERM), or when the harness itself dies.
#pragma once

#include <sys/types.h>

#include <functional>

#include <heddle/worlds/host/host_os.hpp>

namespace heddle::host {

/// Forks the supervisor. In the main process `body` is called; what it returns is the exit status. Gives
/// the supervisor's process id, or -1 with errno.
pid_t start_supervised(const Reporter& reporter, const std::function<int()>& body);

/// The live children of a process, by what /proc says.
std::vector<pid_t> children_of(pid_t parent);

/// Is there such a process, and is it more than a corpse that nobody has fetched yet?
bool is_running(pid_t process);

}  // namespace heddle::host
