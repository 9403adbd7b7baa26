// A scenario is a named program with the exact set of findings expected of it: more or fewer fails.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/finding.hpp>
#include <heddle/core/options.hpp>

namespace heddle {

struct ExpectedFinding {
  std::string_view rule;
  bool with_harm = false;  // an interleaving that shows the damage must be found too
};

struct Scenario {
  std::string_view name;     // "tutorial/queue-basics"
  std::string_view summary;  // one sentence
  void (*body)() = nullptr;
  std::vector<ExpectedFinding> expected = {};  // empty: the program is correct
  Granularity granularity = Granularity::op;
  TimeMode time = TimeMode::maximal;            // in which the verdict holds
  FaultSet faults = {};                         // of which one may strike in an execution
  std::vector<std::string_view> outcomes = {};  // if given: exactly these must be seen, no others
  bool hard = false;  // a random walk does not find it in a gate's budget: judged only when asked for by name
};

/// What its verdict is declared for.
inline RunOptions run_options_of(const Scenario& scenario) {
  return {.granularity = scenario.granularity,
          .time = scenario.time,
          .faults = scenario.faults,
          .faults_max = scenario.faults.is_empty() ? 0U : 1U};
}

}  // namespace heddle
