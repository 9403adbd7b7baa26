// The exit code that a result means.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <heddle/core/error.hpp>
#include <heddle/core/verdict.hpp>

namespace heddle::cli {

/// The least severity of findings that make the exit code 1.
enum class FailOn : std::uint8_t { error, warning, never };

/// "error", "warning", "never".
std::optional<FailOn> fail_on_of(std::string_view name);

/// Findings of a severity that counts: 1. None, but interrupted, given up or broken: 2. Otherwise 0.
ExitCode exit_code_of(const Result& result, FailOn fail_on = FailOn::error);

/// The least severity at which a finding counts that is not declared.
constexpr Severity least_of(FailOn fail_on) {
  return fail_on == FailOn::error ? Severity::error : Severity::warning;
}

/// What is left of an exit code if findings are only told.
ExitCode heeding(ExitCode code, FailOn fail_on);

}  // namespace heddle::cli
