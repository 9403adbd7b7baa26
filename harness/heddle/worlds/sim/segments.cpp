// Blocks and the names they go by.
#include <heddle/worlds/sim/segments.hpp>

namespace heddle::sim {

std::uint32_t Segments::make(std::string_view name, std::size_t bytes) {
  if (used_ == segments_.size()) segments_.emplace_back();
  Segment& segment = segments_[used_];
  segment.name = name;
  segment.block.assign(bytes, std::byte{0});
  return static_cast<std::uint32_t>(used_++);
}

std::uint32_t Segments::find(std::string_view name) const {
  for (std::size_t i = 0; i < used_; ++i)
    if (!name.empty() && segments_[i].name == name) return static_cast<std::uint32_t>(i);
  return nowhere;
}

}  // namespace heddle::sim
