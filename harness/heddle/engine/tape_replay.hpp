// The strategy that plays a tape: where an entry matches, its answer; elsewhere the default. Lenient, it
// passes over what does not fit. Exact, it remembers the first thing that does not: a choice at which the
// recorded answer is not to be had, or an entry that no choice came to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <heddle/core/strategy.hpp>
#include <heddle/core/tape.hpp>

namespace heddle {

class TapeReplay final : public Strategy {
 public:
  explicit TapeReplay(Tape tape) : tape_(std::move(tape)) {}

  bool begin(std::uint64_t execution) override;
  std::uint32_t choose(const Choice& choice) override;
  bool end() override { return false; }

  struct Mismatch {
    std::string words;
    std::uint64_t step = 0;  // of the last choice before it became clear
  };
  /// After an execution: what of the tape did not fit, if anything.
  std::optional<Mismatch> mismatch() const;

 private:
  const std::string& label(const Choice& choice, TaskIndex task);
  std::optional<std::uint32_t> answer(const Choice& choice, const TapeEntry& entry);

  Tape tape_;
  std::vector<std::string> labels_;  // by TaskIndex; empty: not asked yet
  std::vector<bool> used_;           // by entry
  std::optional<Mismatch> refused_;
  std::uint64_t last_step_ = 0;
};

}  // namespace heddle
