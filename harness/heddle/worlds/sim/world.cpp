// The World interface over the simulated Os.
#include <heddle/worlds/sim/sim_os.hpp>
#include <heddle/worlds/sim/world.hpp>

namespace heddle::sim {
namespace {

class SimWorld final : public World {
 public:
  const Execution& run(const Program& program, const RunOptions& options, Strategy& strategy,
                       std::span<const std::unique_ptr<Oracle>> oracles, Record record) override {
    return os_.run(program, options, strategy, oracles, record);
  }
  Tape tape() const override { return os_.tape(); }
  const Situation& situation() const override { return os_.situation(); }
  std::span<const std::uint64_t> digests() const override { return os_.digests(); }

 private:
  SimOs os_;
};

}  // namespace

std::unique_ptr<World> make_world() { return std::make_unique<SimWorld>(); }

}  // namespace heddle::sim
