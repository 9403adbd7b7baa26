// Two runs, and the first step at which they differ.
#include <heddle/engine/checked_world.hpp>
#include <heddle/engine/histories.hpp>
#include <heddle/engine/tape_replay.hpp>

namespace heddle {

// An execution that its strategy abandoned has no end to compare.
const Execution& CheckedWorld::run(const Program& program, const RunOptions& options, Strategy& strategy,
                                   std::span<const std::unique_ptr<Oracle>> oracles, Record) {
  execution_ = world_->run(program, options, strategy, oracles, Record::history);
  if (execution_.ending == Ending::abandoned) return execution_;
  TapeReplay replay(world_->tape());
  replay.begin(0);
  again_->run(program, options, replay, oracles, Record::history);
  execution_.diverged_at = first_difference(world_->digests(), again_->digests());
  return execution_;
}

}  // namespace heddle
