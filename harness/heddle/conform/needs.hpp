// What a program needs of a port, in the words of capabilities, and whether time alone may change it.
#pragma once

#include <optional>
#include <set>
#include <string>

#include <heddle/conform/wire.hpp>
#include <heddle/programs/plan.hpp>

namespace heddle::conform {

/// "Queue.put", "Manager.dict.get", "process": what a capability must be, or be the beginning of up to a dot.
std::set<std::string> needs_of(const programs::Plan& plan);

/// Why the adapter cannot be given the program, in words; absent: it can.
std::optional<std::string> obstacle(const programs::Plan& plan, const Hello& adapter);

/// Does anything in it come after a time, whatever is called meanwhile: a value that is slow, a worker that
/// sleeps, an object with a timeout of its own? Not that of a call, which ends with it.
bool has_clock(const programs::Plan& plan);

}  // namespace heddle::conform
