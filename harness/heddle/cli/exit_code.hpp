// The exit code that a result means.
#pragma once

#include <heddle/core/error.hpp>
#include <heddle/core/verdict.hpp>

namespace heddle::cli {

/// Findings of severity error: 1. Nothing found, but interrupted, given up or broken: 2. Otherwise 0; a
/// warning alone fails nothing.
ExitCode exit_code_of(const Result& result);

}  // namespace heddle::cli
