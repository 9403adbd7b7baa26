// Replays a tape whose program may have been edited since: exactly, if it still fits; otherwise what of it
// still matches, and then executions near it, before it is said that the finding is gone.
//
// Not promised: that a finding which is not found again is not there. So many executions were run, and the
// result says how many.
#pragma once

#include <heddle/engine/exact_replay.hpp>
#include <heddle/engine/tape_replay.hpp>

namespace heddle {

struct LenientReplay {
  /// Failed with the finding and a tape that fits, Passed if it is gone; GaveUp and Broken as ever.
  Result result;
  std::size_t deviations = 0;             // of the tape
  std::size_t deviations_matching = 0;    // when all of it that matches is played
  std::optional<Broken> divergence = {};  // of the exact replay; absent: the tape fits
  bool was_searched = false;              // the tape alone did not show the finding
};

/// `rule`: whose finding is wanted; empty: any. At most `executions_max` near the tape, from 1.
LenientReplay replay_leniently(const Program& program, const RunOptions& run, const Tape& tape,
                               std::string_view rule, std::uint64_t executions_max, const Parts& parts);

}  // namespace heddle
