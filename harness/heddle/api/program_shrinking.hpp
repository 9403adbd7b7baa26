// Takes away of a neutral program what a finding does not need: scripts, objects, operations, what is
// expected of them, and numbers. The tape is shrunk along with it, so that both are minimal together: no
// reduction of the program (programs/reduction.hpp) still shows the finding near its tape, and no deviation
// of the tape can be dropped.
#pragma once

#include <cstdint>
#include <optional>

#include <heddle/core/verdict.hpp>
#include <heddle/programs/program.hpp>

namespace heddle {

struct ShrunkProgram {
  programs::Program program;  // tidied, as far as the finding lets it
  Failure failure;            // of that program
  std::uint64_t candidates = 0;
};

/// Runs `program`, a smaller one than that in which `known` was found, by its tape and near it. Absent: no
/// finding of the same rule about the same object, or the program makes no sense, or it goes wrong in its
/// default run and the larger one did not: then what it relies on is gone, which is another mistake.
std::optional<Failure> still_shows(const programs::Program& program, const Failure& known,
                                   const Suppressions& suppressions = {});

/// `failure`: what was found in `program`. A smaller one counts if it shows a finding of the same rule about
/// the same object, by the tape as it is or in one of a few dozen executions near it. One found beside
/// suppressed findings needs the same `suppressions`. Throws std::invalid_argument if the program makes no
/// sense or does not show the finding.
ShrunkProgram shrink_program(programs::Program program, const Failure& failure,
                             const Suppressions& suppressions = {});

}  // namespace heddle
