// A world that checks itself: each execution is made once more, from its tape and in a world of its own, and
// the two histories must be equal step by step. What decides outside choose(), a clock, an address, a
// global or a random number, shows itself there without a bug that depends on it. Costs two recorded
// executions for one that is not.
#pragma once

#include <memory>

#include <heddle/core/world.hpp>

namespace heddle {

class CheckedWorld final : public World {
 public:
  CheckedWorld(std::unique_ptr<World> world, std::unique_ptr<World> again)
      : world_(std::move(world)), again_(std::move(again)) {}

  /// Execution::diverged_at says where the second run was different.
  const Execution& run(const Program& program, const RunOptions& options, Strategy& strategy,
                       std::span<const std::unique_ptr<Oracle>> oracles, Record record) override;
  Tape tape() const override { return world_->tape(); }
  const Situation& situation() const override { return world_->situation(); }
  std::span<const std::uint64_t> digests() const override { return world_->digests(); }

 private:
  std::unique_ptr<World> world_;
  std::unique_ptr<World> again_;
  Execution execution_;
};

}  // namespace heddle
