// What an exploration that is not exhausted says of what it has not seen, as numbers.
#pragma once

#include <cstdint>
#include <string_view>

namespace heddle {

/// The probability that the next execution shows a class that none has shown: of so many executions the share
/// whose class was seen this once (Good, after Turing: The population frequencies of species, Biometrika
/// 1953). An estimate and no bound, and one of what this strategy draws: a class that it never draws is not
/// in it. `executions` is at least 1.
double unseen_probability(std::uint64_t once, std::uint64_t executions);

/// What a strategy of PCT's kind promises (Burckhardt et al., ASPLOS 2010): an execution that looks for bugs
/// of depth d in a program of n tasks and k choices finds one with probability at least 1 / (n k^(d-1)). It
/// promises a bug of lesser depth no more, for the changes of priority that this does not need may spoil it.
///
/// It holds for bugs that the order of tasks alone brings about, in an execution of no more tasks and choices
/// than were measured.
struct MissBound {
  std::string_view strategy = {};  // whose promise it is
  std::uint32_t depth = 0;         // at least 1
  std::uint64_t executions = 0;    // those that drew from all k choices; earlier ones knew of fewer
  std::uint64_t tasks = 0;         // n, the most in an execution
  std::uint64_t choices = 0;       // k, likewise: those of which task runs

  /// That all of them missed a bug of that depth or less: at most this.
  double probability() const;
  friend bool operator==(const MissBound&, const MissBound&) = default;
};

}  // namespace heddle
