// See random.cpp.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/core/strategy.hpp>

namespace heddle {

std::unique_ptr<Strategy> make_random(std::uint64_t seed, std::uint32_t number = 0);

}  // namespace heddle
