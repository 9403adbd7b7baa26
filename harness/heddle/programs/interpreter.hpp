// Runs a plan with the primitives of lib/, in whatever world calls: main's script in the calling process, the
// others in processes and threads of their own. Each process has its own handles, its own Process objects of
// the scripts it names, and no more: nothing is shared but the plan, which nobody changes.
//
// The objects are made by main, in order, before its first operation, and let go when its script ends, as
// local variables are. An operation that comes out otherwise than expected ends the execution with a finding
// `assertion`; what is raised and not expected leaves the script, which is an uncaught exception there.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include <heddle/programs/plan.hpp>

namespace heddle::programs {

/// Is time simulated, so that an operation's upper bound (`within`) can be judged? On a real machine every
/// operation may be delayed without end. Lower bounds (`after`) hold in both.
enum class Time : std::uint8_t { simulated, real };

/// The body of main: to be run as the main process of any number of executions.
std::function<void()> body_of(std::shared_ptr<const Plan> plan, Time time);

}  // namespace heddle::programs
