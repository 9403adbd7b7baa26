// The command conform: a port of multiprocessing under the suite of cases, by its adapter.
#pragma once

#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>

namespace heddle::cli {

/// Findings if a case that is required has failed, or with a list of failures if anything is otherwise than
/// it says. Error suite-unreadable, cases-unknown, those of an adapter that does not come up, of a list or
/// file that cannot be read or written.
Expected<ExitCode> conform_port(const ConformPort& asked, const Context& context);

}  // namespace heddle::cli
