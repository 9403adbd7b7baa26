// The strategy of fuzzers: an input's bytes are the answers, one byte for each choice, in the order in which
// choices come up. Byte 0 is the default answer, and so is everything after the end of the input. So an input
// reads like a tape that is not sparse: each byte that is not 0 may be a switch, and an input without one is
// the default run.
//
// Every input is an execution, and a byte too many changes nothing. Faults and timers strike at few values
// only, as often as they do by chance (core/by_chance.hpp), so that inputs drawn by chance get far.
#pragma once

#include <cstdint>
#include <span>

#include <heddle/core/strategy.hpp>

namespace heddle {

class ByteChoices final : public Strategy {
 public:
  /// The bytes must outlive the execution.
  explicit ByteChoices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  bool begin(std::uint64_t execution) override;
  std::uint32_t choose(const Choice& choice) override;
  bool end() override { return false; }

  /// So many choices came up in the last execution: bytes beyond them were not read.
  std::size_t asked() const { return asked_; }

 private:
  const std::span<const std::uint8_t> bytes_;
  std::size_t asked_ = 0;
};

}  // namespace heddle
