// See portfolio.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <heddle/core/strategy.hpp>

namespace heddle {

/// Of each round of turns.size() executions the n-th is the member's that turns[n] is the index of.
std::unique_ptr<Strategy> make_portfolio(std::vector<std::unique_ptr<Strategy>> members,
                                         std::span<const std::size_t> turns);

}  // namespace heddle
