// Random walk: every answer of every choice is equally likely, with the exceptions of by_chance.hpp. The n-th
// execution has its own stream of chance, derived from seed and n alone, so any shard can run any part of an
// exploration.
#include <heddle/core/by_chance.hpp>
#include <heddle/strategies/random.hpp>

namespace heddle {
namespace {

class RandomWalk final : public Strategy {
 public:
  explicit RandomWalk(std::uint64_t seed) : seed_(seed), random_(seed) {}

  bool begin(std::uint64_t execution) override {
    random_ = Random(seed_, execution);
    return true;
  }
  std::uint32_t choose(const Choice& choice) override { return answer_by_chance(choice, random_); }
  bool end() override { return false; }

 private:
  std::uint64_t seed_;
  Random random_;
};

}  // namespace

std::unique_ptr<Strategy> make_random(std::uint64_t seed, std::uint32_t) {
  return std::make_unique<RandomWalk>(seed);
}

}  // namespace heddle
