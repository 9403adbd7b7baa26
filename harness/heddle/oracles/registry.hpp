// The oracles by name: a plain table. Every execution is watched by all of them.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include <heddle/core/oracle.hpp>

namespace heddle {

struct OracleRow {
  std::string_view name;
  std::string_view summary;
  std::unique_ptr<Oracle> (*make)();
};

std::span<const OracleRow> oracles();

}  // namespace heddle
