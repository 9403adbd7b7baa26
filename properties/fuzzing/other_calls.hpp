// Operations that a program might make as well, of the objects that it has and the processes it starts: what
// the vocabulary (programs/objects/table.hpp) offers, with arguments as plain as they can be.
#pragma once

#include <cstdint>
#include <optional>

#include <heddle/programs/program.hpp>

namespace heddle::properties {

/// `which` object or script, and `what` is done to it, both modulo how many there are. Absent: there is
/// none, or it needs an argument that cannot be had from nothing.
std::optional<programs::Operation> other_call(const programs::Program& program, std::uint32_t which,
                                              std::uint32_t what);

}  // namespace heddle::properties
