// Histories as numbers, by which builds, machines and days are compared.
#pragma once

#include <heddle/core/world.hpp>
#include <heddle/engine/parts.hpp>

namespace heddle {

/// One number for the whole histories of so many executions: equal wherever the same seed makes the same
/// choices and the program makes the same steps, whatever compiled it.
std::uint64_t digest(const Program& program, const RunOptions& run, std::uint64_t executions,
                     const Parts& parts);

/// The digest of the default execution, for tokens.
std::uint64_t default_digest(const Program& program, const RunOptions& run, const Parts& parts);

}  // namespace heddle
