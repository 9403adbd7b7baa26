// How a strategy of chance answers what it has no opinion on. A kill strikes at one step in 64, or no process
// would live long enough to be interesting; a timer comes early at one choice in 16, or no wait would last;
// everything else is answered each way equally often.
#pragma once

#include <heddle/core/choice.hpp>
#include <heddle/core/random.hpp>

namespace heddle {

inline std::uint32_t answer_by_chance(const Choice& choice, Random& random) {
  constexpr std::uint32_t kill_odds = 64;
  constexpr std::uint32_t timer_odds = 16;
  if (choice.kind == ChoiceKind::kill) return random.below(kill_odds) == 0 ? 1 : 0;
  if (choice.kind == ChoiceKind::timer && random.below(timer_odds) != 0) return 0;
  if (choice.kind == ChoiceKind::timer) return 1 + random.below(choice.count - 1);
  return random.below(choice.count);
}

}  // namespace heddle
