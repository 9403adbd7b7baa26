// How a program is run, as values. Everything here that can change what happens in an execution is part
// of a token; nothing else is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <heddle/core/faults.hpp>

namespace heddle {

/// Where other tasks may run: before every Os call (for testing a primitive), or at the start of
/// outermost operations, on block and end (for testing a program that uses primitives).
enum class Granularity : std::uint8_t { op, os };

std::string_view name_of(Granularity granularity);
std::optional<Granularity> granularity_of(std::string_view name);

/// When a sleep or a timeout of the simulated world may end. `maximal`: only when nothing else can run, the
/// earliest first. `explore`: the earliest may come due at any choice, as if the others were slow. `races`:
/// any may, as if a task that should have woken earlier were slow itself.
enum class TimeMode : std::uint8_t { maximal, explore, races };

std::string_view name_of(TimeMode time);
std::optional<TimeMode> time_mode_of(std::string_view name);

/// What one execution depends on besides program and tape.
struct RunOptions {
  Granularity granularity = Granularity::op;
  TimeMode time = TimeMode::maximal;
  std::uint64_t seed = 1;             // of random_bytes; strategies take theirs separately
  FaultSet faults = {};               // the kinds that may strike
  std::uint32_t faults_max = 0;       // how often in one execution, all kinds together
  std::uint64_t steps_max = 200'000;  // Os calls after which an execution is given up
  friend bool operator==(const RunOptions&, const RunOptions&) = default;
};

/// Who makes the choices unless somebody else is asked for.
inline constexpr std::string_view default_strategy = "portfolio";

/// How long an exploration goes on. Whichever limit comes first ends it.
struct Budget {
  std::uint64_t executions = 10'000;
  std::optional<std::chrono::duration<double>> time = {};  // of the host's clock
};

/// "10000x", "30s", "2m". Absent when the text is none of these.
std::optional<Budget> budget_of(std::string_view text);

}  // namespace heddle
