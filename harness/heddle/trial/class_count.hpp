// How many classes of interleavings a program has, as a strategy that comes to an end finds them: executions,
// and what is different among them. No oracle looks on, so every execution runs to its end.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include <heddle/core/options.hpp>

namespace heddle::trial {

struct ClassCount {
  std::uint64_t executions = 0;  // that ran to their end
  std::uint64_t abandoned = 0;   // others
  std::uint64_t stuck = 0;       // of the executions: they ended because nobody could run
  std::set<std::uint64_t> classes = {};
  std::set<std::string> outcomes = {};  // also whether it got stuck
  bool exhausted = false;               // the strategy came to an end
  friend bool operator==(const ClassCount&, const ClassCount&) = default;
};

/// Explores until the strategy (a row of the registry) has no more to try, or this many executions were made.
ClassCount count_classes(const std::function<void()>& program, std::string_view strategy,
                         const RunOptions& options, std::uint64_t executions_max);

struct Comparison {
  bool was_made = false;        // brute force came to an end
  std::string difference = {};  // in words; empty: there is none
};

/// Does dpor find what `exhaustive` finds, with one execution for each class? It may abandon others: a kill
/// does something else to a process that sleeps than it was seen to do.
Comparison compare_with_brute_force(const std::function<void()>& program, const RunOptions& options,
                                    std::uint64_t executions_max);

}  // namespace heddle::trial
