// Python's rules for positions and slices.
#include <mp/shared/sequence.hpp>

#include <cerrno>
#include <limits>

#include <mp/shared/os_failure.hpp>

namespace mp::detail {

namespace {

// A bound of a slice, cut to low..high, from the front.
std::int64_t cut(std::int64_t bound, std::int64_t size, std::int64_t low, std::int64_t high) {
  if (bound < 0) bound = bound < -size ? low : bound + size;
  return std::clamp(bound, low, high);
}

}  // namespace

std::size_t index_of(std::int64_t position, std::size_t size) {
  const auto signed_size = static_cast<std::int64_t>(size);
  if (position < -signed_size || position >= signed_size) throw IndexError("invalid index");
  return static_cast<std::size_t>(position < 0 ? position + signed_size : position);
}

SliceRange slice_of(SliceBound start, SliceBound stop, std::int64_t step, std::size_t size) {
  if (step == 0) throw ValueError("slice step cannot be zero");
  const auto length = static_cast<std::int64_t>(size);
  // Backwards, the position before the first element is a bound, and the one after the last is not.
  const std::int64_t low = step > 0 ? 0 : -1;
  const std::int64_t high = step > 0 ? length : length - 1;
  const std::int64_t first = start ? cut(*start, length, low, high) : (step > 0 ? low : high);
  const std::int64_t last = stop ? cut(*stop, length, low, high) : (step > 0 ? high : low);
  const std::int64_t distance = step > 0 ? last - first : first - last;
  if (distance <= 0) return {.step = step};
  // Not -step, which the least number does not have.
  const std::uint64_t stride =
      step > 0 ? static_cast<std::uint64_t>(step) : 0 - static_cast<std::uint64_t>(step);
  return {.first = first,
          .step = step,
          .count = static_cast<std::size_t>((static_cast<std::uint64_t>(distance) - 1) / stride + 1)};
}

std::string slice_words(SliceBound start, SliceBound stop, std::int64_t step) {
  const auto words = [](SliceBound bound) { return bound ? std::to_string(*bound) : std::string(); };
  const std::string all = words(start) + ":" + words(stop);
  return step == 1 ? all : all + ":" + std::to_string(step);
}

std::size_t size_of_array(std::int64_t size, std::size_t element_bytes) {
  if (size < 0) throw ValueError("an array cannot have a negative size");
  const auto count = static_cast<std::size_t>(size);
  if (count > std::numeric_limits<std::size_t>::max() / element_bytes)
    throw_os_error({ENOMEM}, "no such memory");
  return count;
}

std::string text_before_nul(std::string text) {
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

}  // namespace mp::detail
