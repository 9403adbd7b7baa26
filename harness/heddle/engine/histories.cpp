// See the header.
#include <algorithm>
#include <heddle/engine/histories.hpp>

namespace heddle {

std::optional<std::uint64_t> first_difference(std::span<const std::uint64_t> one,
                                              std::span<const std::uint64_t> other) {
  const auto differ = std::ranges::mismatch(one, other);
  if (differ.in1 == one.end() && differ.in2 == other.end()) return std::nullopt;
  return static_cast<std::uint64_t>(differ.in1 - one.begin());
}

}  // namespace heddle
