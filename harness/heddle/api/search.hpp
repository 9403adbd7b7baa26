// The two halves of heddle::explore, for a search that several processes share or that goes on another day.
#pragma once

#include <functional>
#include <string>

#include <heddle/api/heddle.hpp>
#include <heddle/core/partial.hpp>
#include <heddle/engine/exploration.hpp>

namespace heddle {

using AskOthers = std::function<Others(std::uint64_t made, bool has_enough)>;

/// Runs what is left of `from.share`. Throws std::invalid_argument for an unknown strategy.
Partial search(std::function<void()> body, const Options& options, const std::string& name, Partial from,
               AskOthers others = {});

/// What explore() would make of it: looks for damage once more, confirms and shrinks.
Result conclude(std::function<void()> body, const Options& options, const std::string& name, Partial united);

/// The digest of the default execution: tells whether a program is the same as it was.
std::uint64_t default_digest(std::function<void()> body, const RunOptions& run);

}  // namespace heddle
