// The strategies by name: a plain table.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <heddle/core/strategy.hpp>

namespace heddle {

struct StrategyRow {
  std::string_view name;
  std::string_view summary;
  std::unique_ptr<Strategy> (*make)(std::uint64_t seed);
};

std::span<const StrategyRow> strategies();

/// nullptr for an unknown name.
const StrategyRow* strategy(std::string_view name);

}  // namespace heddle
