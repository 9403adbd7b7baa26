// What the environment asks of the explorations of a test binary, whatever its framework:
//
//   HEDDLE_LONG=1   HEDDLE_BUDGET=10000x|30s|2m   HEDDLE_SEED=7   HEDDLE_STRATEGY=round-robin
//   HEDDLE_SUPPRESSIONS=<file>
//
// A test makes 1,000 executions, which takes no longer than other tests; a long one, for the night, 100,000.
// An empty variable counts as one that is not set. HEDDLE_REPLAY is heddle::explore's own matter.
#pragma once

#include <functional>

#include <heddle/api/heddle.hpp>
#include <heddle/core/error.hpp>

namespace heddle {

/// Gives the value of an environment variable, or nullptr.
using Lookup = std::function<const char*(const char* variable)>;

/// Errors: usage (HEDDLE_LONG is neither 0 nor 1, a malformed seed), budget-malformed,
/// suppressions-unreadable and suppressions-malformed. Whether a strategy exists is for the exploration to
/// say.
Expected<Options> read_options(const Lookup& lookup);

/// The same of this process's environment: heddle::explore(body, heddle::options_of_environment(), "name").
/// Throws std::invalid_argument instead.
Options options_of_environment();

}  // namespace heddle
