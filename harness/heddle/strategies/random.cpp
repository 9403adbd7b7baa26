// Random walk: every answer of every choice is equally likely. Faults are the exception: a kill, which any
// step may meet, strikes at one in 64, or no process would live long enough to be interesting; another fault
// at one in 16 of the few calls that it can meet. So are timers: one comes early at one choice in 16, or no
// wait would last. The n-th execution has its own stream of chance, derived from seed and n alone, so any
// shard can run any part of an exploration.
#include <heddle/core/faults.hpp>
#include <heddle/core/random.hpp>
#include <heddle/strategies/random.hpp>

namespace heddle {
namespace {

constexpr std::uint32_t kill_odds = 64;
constexpr std::uint32_t other_odds = 16;  // of timers and of all other faults

class RandomWalk final : public Strategy {
 public:
  explicit RandomWalk(std::uint64_t seed) : seed_(seed), random_(seed) {}

  bool begin(std::uint64_t execution) override {
    random_ = Random(seed_, execution);
    return true;
  }
  std::uint32_t choose(const Choice& choice) override {
    if (choice.kind != ChoiceKind::timer && !is_fault(choice.kind)) return random_.below(choice.count);
    if (random_.below(choice.kind == ChoiceKind::kill ? kill_odds : other_odds) != 0) return 0;
    return 1 + random_.below(choice.count - 1);
  }
  bool end() override { return false; }

 private:
  std::uint64_t seed_;
  Random random_;
};

}  // namespace

std::unique_ptr<Strategy> make_random(std::uint64_t seed) { return std::make_unique<RandomWalk>(seed); }

}  // namespace heddle
