// How a process ends in good order (PROC-09, PROC-10, PROC-12): finalizers of priority 0 and above, highest
// first and newest first among equals; daemonic children terminated and waited for; the other children
// waited for; the remaining finalizers. A child joins its non-daemon threads after all that, a main process
// before it, as CPython does.
//
// A finalizer is a function pointer and a context, so that registering one neither allocates a closure nor
// keeps anything alive: whoever owns the context cancels first. A process that is killed, or that calls
// exit_process, runs none of this.
#pragma once

#include <mp/os/location.hpp>
#include <mp/process/state.hpp>

namespace mp {

/// Priorities that the contract names; anything else is allowed (PROC-10).
namespace exit_priority {
inline constexpr int pool_terminate = 15;
inline constexpr int queue_no_more_data = 10;
inline constexpr int proxy_release = 10;
inline constexpr int manager_shutdown = 0;
inline constexpr int queue_join_feeder = -5;
}  // namespace exit_priority

/// Has run(context) called in the calling process's exit sequence, on the thread that finishes the
/// process. An exception that leaves it is written to descriptor 2 and otherwise ignored.
FinalizerId register_finalizer(int priority, void (*run)(void* context), void* context);

/// True: it has not run and never will. False: it has begun, or was cancelled, or is `none`.
bool cancel_finalizer(FinalizerId finalizer);

/// Asks the Os, once per process, to run the exit sequence when the program returns from main. Whoever
/// leaves work for the exit sequence (a child, a thread, a finalizer) calls it first.
void hook_exit(Os& os);

/// Runs the exit sequence of the calling process. The second call in a process does nothing. Children get
/// it from their entry; a main process from its world, or from the Os when main returns.
void finish_process(Location where = Location::current());

}  // namespace mp
