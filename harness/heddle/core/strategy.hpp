// A strategy makes every choice of an execution. It sees choices in the order in which they come up and
// may keep what it likes between executions; the same strategy with the same seed makes the same choices.
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/core/choice.hpp>

namespace heddle {

/// choices: it is asked when there is one. turns: also which task runs when only one can. steps: also, it
/// reads Tasks::steps().
enum class Attention : std::uint8_t { choices, turns, steps };

class Strategy {
 public:
  virtual ~Strategy() = default;
  /// The next execution starts; false when there is nothing left to explore.
  virtual bool begin(std::uint64_t execution) = 0;
  /// 0..choice.count-1, or `abandon`.
  virtual std::uint32_t choose(const Choice& choice) = 0;
  /// The execution is over. True when everything there is has now been explored.
  virtual bool end() = 0;
  /// How closely it looks. Asked in each execution, after begin().
  virtual Attention attention() const { return Attention::choices; }
};

}  // namespace heddle
