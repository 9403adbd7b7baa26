// What makes two recorded runs of one tape differ.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace heddle {

/// The first step after which two histories are different; absent: they are equal.
std::optional<std::uint64_t> first_difference(std::span<const std::uint64_t> one,
                                              std::span<const std::uint64_t> other);

inline constexpr std::string_view why_histories_differ =
    "nondeterministic: two replays of one tape differ; something decides outside heddle's reach (a clock, an "
    "address, a global, a random number)";

}  // namespace heddle
