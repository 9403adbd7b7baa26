// Many executions of one program under a budget: search, confirm, look for harm, shrink. Knows worlds,
// strategies and oracles by their interfaces only, and the host's clock only through Host.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <heddle/core/verdict.hpp>
#include <heddle/core/world.hpp>

namespace heddle {

struct Progress {
  std::uint64_t executions = 0;
  std::uint64_t interleavings = 0;
  std::uint64_t findings = 0;
  double seconds = 0;
};

/// What the engine may ask of the machine it runs on; none of it can influence an execution.
struct Host {
  std::function<double()> seconds;                // since some start
  std::function<bool()> is_interrupted;           // Ctrl-C: finish up, lose nothing
  std::function<void(const Progress&)> progress;  // called now and then
};

struct Exploration {
  RunOptions run = {};
  Budget budget = {};
  std::uint32_t findings_max = 1;         // stop looking for further bugs after so many
  bool seek_harm = true;                  // after a prediction, look for an interleaving that shows damage
  std::uint64_t harm_executions = 2'000;  // how long, per granularity
};

/// The parts an exploration is put together from. `strategy` makes a fresh strategy for a search.
struct Parts {
  World& world;
  std::function<std::unique_ptr<Strategy>()> strategy;
  std::span<const std::unique_ptr<Oracle>> oracles;
  Host host;
  /// Who of several makes the n-th execution; null: the strategy is one.
  std::string_view (*member)(std::uint64_t execution) = nullptr;
};

Result explore(const Program& program, const Exploration& exploration, const Parts& parts);

/// One run of a tape, recorded. Exact: an entry that matches nothing, or is never reached, makes the
/// verdict Broken with the step. The verdict is Failed with the tape's findings, or Passed.
Result replay(const Program& program, const RunOptions& run, const Tape& tape, const Parts& parts);

/// One number for the whole histories of so many executions: equal wherever the same seed makes the same
/// choices and the program makes the same steps, whatever compiled it.
std::uint64_t digest(const Program& program, const RunOptions& run, std::uint64_t executions,
                     const Parts& parts);

/// The digest of the default execution, for tokens.
std::uint64_t default_digest(const Program& program, const RunOptions& run, const Parts& parts);

}  // namespace heddle
