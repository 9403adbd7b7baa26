// Doors to replay beyond heddle::replay: leniently, for a program that has been edited since its token was
// made; up to a step, for a debugger; and as HEDDLE_REPLAY asks.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include <heddle/core/suppressions.hpp>
#include <heddle/core/token.hpp>
#include <heddle/engine/lenient_replay.hpp>

namespace heddle {

/// How many executions near a tape are run before its finding is said to be gone.
inline constexpr std::uint64_t near_executions = 1'000;

/// Runs a tape whose program may have changed. `rule`: whose finding is wanted; empty: any.
LenientReplay replay_leniently(std::function<void()> body, const Token& token, std::string_view rule = {},
                               std::uint64_t executions_max = near_executions,
                               const Suppressions& suppressions = {});

/// Runs a tape exactly and raises SIGTRAP when `step` Os calls have been made (engine/breakpoint.hpp).
/// Absent: the execution ended before that.
std::optional<Result> replay_to(std::function<void()> body, const Token& token, std::uint64_t step,
                                const Suppressions& suppressions = {});

/// The token in the environment variable HEDDLE_REPLAY, if it is of the program of this name; if it is of
/// another one, a line on standard error says so. Throws std::invalid_argument for what is no token.
std::optional<Token> token_to_replay(std::string_view name);

}  // namespace heddle
