// Recorded runs, and what becomes of their digests.
#include <heddle/core/random.hpp>
#include <heddle/engine/digest.hpp>
#include <heddle/engine/tape_replay.hpp>

namespace heddle {

std::uint64_t digest(const Program& program, const RunOptions& run, std::uint64_t executions,
                     const Parts& parts) {
  const std::unique_ptr<Strategy> strategy = parts.strategy({});
  std::uint64_t all = 0;
  for (std::uint64_t i = 0; i < executions && strategy->begin(i); ++i) {
    const Execution& execution = parts.world.run(program, run, *strategy, parts.oracles, Record::history);
    all = Random(all ^ execution.digest).next();
    if (strategy->end()) break;
  }
  return all;
}

std::uint64_t default_digest(const Program& program, const RunOptions& run, const Parts& parts) {
  TapeReplay nothing{Tape{}};
  nothing.begin(0);
  return parts.world.run(program, run, nothing, parts.oracles, Record::history).digest;
}

}  // namespace heddle
