// The logarithm of one minus a small number is taken as such: one execution's promise may be below what a
// double next to 1 can tell.
#include <algorithm>
#include <cmath>

#include <heddle/core/estimates.hpp>

namespace heddle {

double unseen_probability(std::uint64_t once, std::uint64_t executions) {
  return static_cast<double>(once) / static_cast<double>(executions);
}

double MissBound::probability() const {
  const double one_finds = 1 / (static_cast<double>(std::max<std::uint64_t>(tasks, 1)) *
                                std::pow(static_cast<double>(std::max<std::uint64_t>(choices, 1)),
                                         static_cast<double>(depth) - 1));
  return std::exp(static_cast<double>(executions) * std::log1p(-one_finds));
}

}  // namespace heddle
