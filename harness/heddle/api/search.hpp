// heddle::explore for who watches it, and its two halves, for a search that several processes share or that
// goes on another day.
#pragma once

#include <functional>
#include <string>

#include <heddle/api/heddle.hpp>
#include <heddle/core/partial.hpp>
#include <heddle/engine/exploration.hpp>

namespace heddle {

/// Told now and then how far a search has come, besides Options::status.
using Watch = std::function<void(const Progress&)>;

/// heddle::explore, but for HEDDLE_REPLAY, with somebody who watches.
Result explore_watched(std::function<void()> body, const Options& options, const std::string& name,
                       const Watch& watch);

using AskOthers = std::function<Others(std::uint64_t made, bool has_enough)>;

/// Runs what is left of `from.share`. Throws std::invalid_argument for an unknown strategy.
Partial search(std::function<void()> body, const Options& options, const std::string& name, Partial from,
               AskOthers others = {}, const Watch& watch = {});

/// What explore() would make of it: looks for damage once more, confirms and shrinks.
Result conclude(std::function<void()> body, const Options& options, const std::string& name, Partial united);

/// The digest of the default execution: tells whether a program is the same as it was.
std::uint64_t default_digest(std::function<void()> body, const RunOptions& run);

}  // namespace heddle
