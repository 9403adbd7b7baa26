// The strategies by name: a plain table. Some take a number behind their name: `pct:5`.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include <heddle/core/strategy.hpp>

namespace heddle {

struct StrategyRow {
  std::string_view name;
  std::string_view summary;
  std::unique_ptr<Strategy> (*maker)(std::uint64_t seed, std::uint32_t number);
  std::uint32_t number = 0;         // if none is given
  std::string_view number_is = {};  // in words; empty: it takes none
  /// Who of several makes the n-th execution; null: it is one.
  std::string_view (*member)(std::uint64_t execution) = nullptr;
  std::unique_ptr<Strategy> make(std::uint64_t seed) const { return maker(seed, number); }
};

std::span<const StrategyRow> strategies();

/// Absent for an unknown name, a number where none is taken, or one that is not in 0..1000.
std::optional<StrategyRow> strategy(std::string_view name);

}  // namespace heddle
