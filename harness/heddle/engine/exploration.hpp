// Many executions of one program under a budget: search, look for harm, and work up what was caught. Knows
// worlds, strategies and oracles by their interfaces only.
#pragma once

#include <heddle/core/partial.hpp>
#include <heddle/core/verdict.hpp>
#include <heddle/engine/parts.hpp>

namespace heddle {

struct Exploration {
  RunOptions run = {};
  Budget budget = {};
  std::uint32_t findings_max = 1;         // stop looking after so many errors; warnings stop nothing
  bool seek_harm = true;                  // after a prediction, look for an interleaving that shows damage
  std::uint64_t harm_executions = 2'000;  // how long, per granularity
  /// In time mode maximal: a fifth of the executions is in another. What only they show is kept apart.
  bool looks_beyond_maximal = false;
};

Result explore(const Program& program, const Exploration& exploration, const Parts& parts);

/// The two halves of explore(), for a search that several processes share or that goes on another day. The
/// first runs what is left of `from.share`; a strategy whose executions depend on earlier ones has to begin
/// with a `from` that has made none. The second looks for damage once more, confirms and shrinks.
Partial search(const Program& program, const Exploration& exploration, const Parts& parts, Partial from);
Result conclude(const Program& program, const Exploration& exploration, const Parts& parts, Partial united);

}  // namespace heddle
