// The strategy that searches near a tape: for a program that has been edited since the tape was made. The
// first execution plays the tape leniently. Of those that follow, by turns, one plays it with its deviations
// moved to earlier or later choices of their tasks, some of them left out, as an edit moves them; and one
// plays it up to where it no longer fits and goes on by chance.
//
// The n-th execution has its own stream of chance, derived from seed and n alone.
#pragma once

#include <cstdint>
#include <optional>

#include <heddle/core/random.hpp>
#include <heddle/engine/tape_replay.hpp>

namespace heddle {

class NearTape final : public Strategy {
 public:
  /// `divergence`: the step at which the tape ceases to fit; absent: it fits, and chance may come anywhere.
  NearTape(Tape tape, std::optional<std::uint64_t> divergence, std::uint64_t seed);

  bool begin(std::uint64_t execution) override;
  std::uint32_t choose(const Choice& choice) override;
  bool end() override { return false; }

 private:
  Tape moved();
  std::uint64_t chance_begins();

  const Tape tape_;
  const std::optional<std::uint64_t> divergence_;
  const std::uint64_t seed_;
  Random random_;
  std::optional<TapeReplay> followed_;
  std::uint64_t chance_from_ = 0;  // the step
  std::uint64_t last_step_ = 0;    // the furthest that an execution has come to
};

}  // namespace heddle
