// Makes of a catch what is reported: confirmed, with the shortest tape, what each of its deviations does, and
// the two steps whose order decides.
#pragma once

#include <variant>

#include <heddle/engine/exploration.hpp>

namespace heddle {

/// Broken: replays differ, or do not show the bug.
std::variant<Failure, Broken> work_up(const Program& program, const Catch& caught, const Parts& parts);

}  // namespace heddle
