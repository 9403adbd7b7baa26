// See surw.cpp.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/core/strategy.hpp>

namespace heddle {

std::unique_ptr<Strategy> make_surw(std::uint64_t seed, std::uint32_t number = 0);
std::unique_ptr<Strategy> make_urw(std::uint64_t seed, std::uint32_t number = 0);

}  // namespace heddle
