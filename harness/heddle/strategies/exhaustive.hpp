// See exhaustive.cpp.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/core/strategy.hpp>

namespace heddle {

std::unique_ptr<Strategy> make_exhaustive(std::uint64_t seed, std::uint32_t number = 0);
/// `most`: how many preemptions an interleaving may have.
std::unique_ptr<Strategy> make_preemptions(std::uint64_t seed, std::uint32_t most);
std::unique_ptr<Strategy> make_deepening(std::uint64_t seed, std::uint32_t number = 0);

}  // namespace heddle
