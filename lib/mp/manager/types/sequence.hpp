// What list and array have in common: positions from the front or, negative, from the end, and slices.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <mp/manager/object.hpp>

namespace mp::manager {

/// IndexError: there is no such position. -1 is the last.
inline std::size_t position_in(std::size_t size, std::int64_t position, const char* words) {
  const auto count = static_cast<std::int64_t>(size);
  if (position < 0) position += count;
  if (position < 0 || position >= count) throw IndexError(words);
  return static_cast<std::size_t>(position);
}

/// A bound of a slice in steps of one: cut off at both ends, as Python does.
inline std::size_t bound_in(std::size_t size, std::int64_t bound) {
  const auto count = static_cast<std::int64_t>(size);
  if (bound < 0) bound = std::max<std::int64_t>(bound + count, 0);
  return static_cast<std::size_t>(std::min(bound, count));
}

/// From where to where a slice goes; empty ones begin where they end.
struct Slice {
  std::size_t begin = 0;
  std::size_t end = 0;
};
inline Slice slice_in(std::size_t size, std::optional<std::int64_t> start, std::optional<std::int64_t> stop) {
  const std::size_t begin = bound_in(size, start.value_or(0));
  const std::size_t end = stop ? bound_in(size, *stop) : size;
  return {begin, std::max(begin, end)};
}

/// The parts of a sequence, for those who watch: each element by its position, and how many there are. 0 is
/// all of it.
inline constexpr std::uint64_t length_part = UINT64_MAX;
inline std::uint64_t element_part(std::size_t position) { return std::uint64_t{position} + 1; }

}  // namespace mp::manager
