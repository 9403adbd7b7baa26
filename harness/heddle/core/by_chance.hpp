// How a strategy of chance answers what it has no opinion on: each way equally often, with two exceptions. Of
// faults a kill, which any step may meet, strikes at one in 64, or no process would live long enough to be
// interesting; another at one in 16 of the few calls that it can meet. So do timers, or no wait would last.
#pragma once

#include <heddle/core/choice.hpp>
#include <heddle/core/faults.hpp>
#include <heddle/core/random.hpp>

namespace heddle {

inline std::uint32_t answer_by_chance(const Choice& choice, Random& random) {
  constexpr std::uint32_t kill_odds = 64;
  constexpr std::uint32_t other_odds = 16;
  if (choice.kind != ChoiceKind::timer && !is_fault(choice.kind)) return random.below(choice.count);
  if (random.below(choice.kind == ChoiceKind::kill ? kill_odds : other_odds) != 0) return 0;
  return 1 + random.below(choice.count - 1);
}

}  // namespace heddle
