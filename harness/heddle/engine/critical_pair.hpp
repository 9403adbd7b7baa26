// The two steps whose order decides whether a finding is there. A minimal tape has a nearest passing
// neighbour: the same without its last switch. Between the two lies a row of executions in which the switch
// comes later and later; halving finds two neighbours of which one fails and the other passes, and what the
// overtaken task does between them is the later step of the pair. Then the task that overtakes is held back
// in the same way until its step is found without which the first one did no harm. (Bisecting between a
// failing and a passing schedule: Choi and Zeller, Isolating failure-inducing thread schedules, 2002.)
//
// Some pair is found, not the only one there is: where a finding comes and goes more than once between the
// two executions, halving ends at one of the places.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include <heddle/core/verdict.hpp>
#include <heddle/core/world.hpp>

namespace heddle {

/// `shown` is the recorded run of the tape: steps are given as they are numbered there. Absent: no switch is
/// in the tape, or the neighbour does not pass.
std::optional<CriticalPair> find_critical_pair(const Program& program, const RunOptions& run,
                                               const Tape& tape, const Finding& wanted,
                                               const Situation& shown, World& world,
                                               std::span<const std::unique_ptr<Oracle>> oracles);

}  // namespace heddle
