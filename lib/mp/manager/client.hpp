// A task's connection to a manager's server: made at the first request, kept in the task's slot, used by all
// its proxies to that manager (MGR-02), closed when the thread ends. A child by fork starts with empty slots,
// so it never talks on its parent's connection (the cure of MGR-19).
#pragma once

#include <string>

#include <mp/errors.hpp>
#include <mp/manager/protocol.hpp>
#include <mp/os/os.hpp>

namespace mp {

namespace manager {

/// Sends one request and waits for its reply. RemoteError: it failed there. A server that is gone: OSError
/// (ECONNREFUSED) for a new connection; BrokenPipeError, EOFError or OSError for one that was there (MGR-17).
/// The connection then is closed and the next request tries a new one.
Reply ask(Os& os, const std::string& address, const Request& request);

}  // namespace manager
}  // namespace mp
