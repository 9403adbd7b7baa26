// A tape is run once more, exactly as it was recorded.
#pragma once

#include <heddle/core/verdict.hpp>
#include <heddle/engine/parts.hpp>

namespace heddle {

/// One run of a tape, recorded. Exact: at the first choice that shows that an entry does not fit, the run
/// ends and the verdict is Broken, with the step. Otherwise it is Failed with the run's findings, or Passed.
Result replay(const Program& program, const RunOptions& run, const Tape& tape, const Parts& parts);

}  // namespace heddle
