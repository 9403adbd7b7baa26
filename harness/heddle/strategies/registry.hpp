// The strategies by name: a plain table. Some take a number behind their name: `pct:5`; `fair:pct:5` is the
// same, fair.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include <heddle/core/strategy.hpp>

namespace heddle {

/// How processes may share a strategy's executions. anyhow: each depends on seed and number alone. learning:
/// also on those that the same process made before. branches: of a tree of choices each takes some
/// (exhaustive/branches.hpp). alone: one process has to make all of them.
enum class Sharing : std::uint8_t { anyhow, learning, branches, alone };

struct StrategyRow {
  std::string_view name;
  std::string_view summary;
  std::unique_ptr<Strategy> (*maker)(std::uint64_t seed, std::uint32_t number);
  std::uint32_t number = 0;         // if none is given
  std::string_view number_is = {};  // in words; empty: it takes none
  /// Who of several makes the n-th execution; null: it is one.
  std::string_view (*member)(std::uint64_t execution) = nullptr;
  bool is_by_chance = false;  // executions are draws
  bool promises = false;      // of what its executions miss (core/estimates.hpp)
  bool is_fair = false;       // no task spins while others wait (fair.hpp)
  Sharing sharing = Sharing::learning;
  std::unique_ptr<Strategy> make(std::uint64_t seed) const;
  /// For one of several processes; 0 <= index < count.
  std::unique_ptr<Strategy> make_share(std::uint64_t seed, std::uint64_t index, std::uint64_t count) const;
  /// The depth of the bugs of which an execution promises something; 0: of none.
  std::uint32_t promised_depth() const;
};

std::span<const StrategyRow> strategies();

/// Absent for an unknown name, a number where none is taken, one that is not in 0..1000, or fair twice; and
/// for fair:dpor, which would reason about choices that it was not given.
std::optional<StrategyRow> strategy(std::string_view name);

}  // namespace heddle
