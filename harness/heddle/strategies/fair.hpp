// See fair.cpp.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/core/strategy.hpp>

namespace heddle {

/// So many turns in which a task comes back to what it has been at make a yield; at least 1.
inline constexpr std::uint32_t fair_patience = 16;

std::unique_ptr<Strategy> make_fair(std::unique_ptr<Strategy> unfair, std::uint32_t patience = fair_patience);

}  // namespace heddle
