// Reads a command line.
#pragma once

#include <heddle/cli/request.hpp>
#include <heddle/core/error.hpp>

namespace heddle::cli {

/// Errors: usage, budget-malformed, granularity-unknown, time-unknown, strategy-unknown, world-unknown,
/// report-unknown, flag-without-effect, strategy-not-shared, shard-malformed, shard-environment,
/// model-unknown, format-unknown.
Expected<Request> read_arguments(int argc, const char* const* argv);

}  // namespace heddle::cli
