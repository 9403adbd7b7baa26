// A strategy makes every choice of an execution. It sees choices in the order in which they come up and
// may keep what it likes between executions; the same strategy with the same seed makes the same choices.
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/core/choice.hpp>

namespace heddle {

class Strategy {
 public:
  virtual ~Strategy() = default;
  /// The next execution starts; false when there is nothing left to explore.
  virtual bool begin(std::uint64_t execution) = 0;
  /// 0..choice.count-1, or `abandon`.
  virtual std::uint32_t choose(const Choice& choice) = 0;
  /// The execution is over. True when everything there is has now been explored.
  virtual bool end() = 0;
  /// Does it read Tasks::steps()? Then it is asked which task runs at every step. Asked once per execution.
  virtual bool follows_steps() const { return false; }
};

}  // namespace heddle
