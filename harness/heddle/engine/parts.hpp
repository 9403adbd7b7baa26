// What a search is put together from: a world, a strategy, oracles, and the little that it may ask of the
// host, whose clock it knows through Host only.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include <heddle/core/partial.hpp>
#include <heddle/core/world.hpp>

namespace heddle {

struct Progress {
  std::uint64_t executions = 0;
  std::uint64_t interleavings = 0;
  std::uint64_t findings = 0;
  double seconds = 0;
};

/// What is known of those who search other shares.
enum class Others : std::uint8_t { go_on, have_enough, were_interrupted };

/// What the engine may ask of the machine it runs on; none of it can influence an execution.
struct Host {
  std::function<double()> seconds;                // since some start
  std::function<bool()> is_interrupted;           // Ctrl-C: finish up, lose nothing
  std::function<void(const Progress&)> progress;  // called now and then
  /// Told after each execution how many of its share a search has made, and whether it has found as many bugs
  /// as were asked for. Apart from an interruption the answer depends on these numbers alone. May be empty.
  std::function<Others(std::uint64_t made, bool has_enough)> others = {};
};

/// `strategy` makes a fresh strategy for a search of a share.
struct Parts {
  World& world;
  std::function<std::unique_ptr<Strategy>(const Share&)> strategy;
  std::span<const std::unique_ptr<Oracle>> oracles;
  Host host;
  /// Who of several makes the n-th execution; null: the strategy is one.
  std::string_view (*member)(std::uint64_t execution) = nullptr;
  /// Executions are drawn by chance.
  bool is_by_chance = false;
  /// The depth of bugs of which an execution promises something (core/estimates.hpp), and who does; 0:
  /// nobody.
  std::uint32_t promised_depth = 0;
  std::string_view promiser = {};
};

}  // namespace heddle
