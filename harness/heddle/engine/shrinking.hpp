// Makes a tape 1-minimal: no deviation of the result can be dropped without losing the finding, whatever its
// kind (a switch, a wake-up, a timer, a fault, data), and no data lowered by one. Candidates are the tape
// without a chunk of entries, chunks from half the tape down to one (delta debugging, Zeller and Hildebrandt
// 2002), then the tape with smaller data; each is run leniently, and what is kept is the tape that the
// accepted run itself recorded, so entries that no longer match fall out by themselves.
#pragma once

#include <functional>

#include <heddle/core/tape.hpp>

namespace heddle {

/// Runs a candidate leniently: true, and the tape it really made, if the finding is still there.
using TryTape = std::function<bool(const Tape& candidate, Tape& recorded)>;

struct Shrunk {
  Tape tape;
  std::uint64_t executions = 0;
};

Shrunk shrink(Tape tape, const TryTape& try_tape);

}  // namespace heddle
