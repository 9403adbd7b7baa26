// See pct.cpp.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/core/strategy.hpp>

namespace heddle {

/// `depth`: of the bugs looked for; at least 1.
std::unique_ptr<Strategy> make_pct(std::uint64_t seed, std::uint32_t depth = 3);

}  // namespace heddle
