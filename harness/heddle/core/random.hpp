// The one stream of chance inside an execution: SplitMix64 (Steele, Lea, Flood: Fast splittable
// pseudorandom number generators, OOPSLA 2014). Chosen for its eight bytes of state: a stream starts in
// no time, so each execution has its own, derived from seed and number, and shards need no history.
#pragma once

#include <cstdint>

namespace heddle {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// The stream of the n-th execution (or task) under a seed.
  Random(std::uint64_t seed, std::uint64_t n) : state_(seed) {
    state_ = next() ^ (n * 0xd1342543de82ef95u);
    state_ = next();
  }

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
  }
  /// Uniform in 0..count-1, by the high half of a product; the bias is below count / 2^32.
  std::uint32_t below(std::uint32_t count) {
    return static_cast<std::uint32_t>(((next() >> 32) * count) >> 32);
  }

 private:
  std::uint64_t state_;
};

}  // namespace heddle
