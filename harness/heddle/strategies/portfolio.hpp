// See portfolio.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include <heddle/core/strategy.hpp>

namespace heddle {

std::unique_ptr<Strategy> make_portfolio(std::uint64_t seed, std::uint32_t number = 0);

/// Whose the n-th execution is.
std::string_view portfolio_member(std::uint64_t execution);

}  // namespace heddle
