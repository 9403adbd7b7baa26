// How much a program may ask for, so that no text and no generated value can ask for more than a machine has.
// docs/reference/program-text.md repeats them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heddle::programs::limits {

inline constexpr std::size_t text_bytes_max = 1 << 20;
inline constexpr std::int64_t sized_max = 64 << 20;
inline constexpr double seconds_max = 1e6;
inline constexpr int list_depth_max = 16;
inline constexpr std::size_t block_depth_max = 8;
inline constexpr std::uint32_t copies_max = 1'000;
inline constexpr std::uint32_t repeats_max = 1'000'000;  // of all repeats around an operation together
inline constexpr std::uint64_t tasks_max = 1'000;        // processes and threads in all

}  // namespace heddle::programs::limits
