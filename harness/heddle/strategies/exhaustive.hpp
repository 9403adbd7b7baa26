// See exhaustive.cpp.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/core/strategy.hpp>

namespace heddle {

std::unique_ptr<Strategy> make_exhaustive(std::uint64_t seed);

}  // namespace heddle
