// How many executions a strategy needs until a scenario's bug shows, seed by seed. A bug is what an execution
// itself comes to: an assertion of the program's own, a crash or a deadlock. Predictions do not count, or
// most scenarios would be found in the first execution; so only the oracles that judge endings watch.
//
// What always holds: the same scenario, strategy and seed give the same count, on any machine.
#pragma once

#include <cstdint>
#include <heddle/core/scenario.hpp>
#include <heddle/strategies/registry.hpp>
#include <vector>

namespace heddle::schedules_to_bug {

struct Limits {
  std::uint64_t seeds = 20;    // 1..seeds
  std::uint64_t cap = 10'000;  // executions for each
};

/// What the searches of one scenario by one strategy came to.
struct Searches {
  std::vector<std::uint64_t> found;  // executions to the bug, ascending: one for each seed that came to it
  std::uint64_t seeds = 0;
  std::uint64_t cap = 0;
  std::uint64_t given_up = 0;    // executions that did not end within their steps
  std::uint64_t executions = 0;  // over all seeds
  std::uint64_t points = 0;      // places where another task may run, with or without one, over all of these
  double seconds = 0;            // of the machine
};

Searches search(const Scenario& scenario, const StrategyRow& strategy, const Limits& limits);

}  // namespace heddle::schedules_to_bug
