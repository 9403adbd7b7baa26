// Shared memory of the simulated kernel. All processes share the address space, so a segment is a zeroed
// block of the execution and each of its mappings is the block itself. A block stays until the execution is
// over, however many let go of it: a process that still had it mapped would otherwise see it reused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::sim {

class Segments {
 public:
  static constexpr std::uint32_t nowhere = UINT32_MAX;

  void begin() { used_ = 0; }
  /// A zeroed block. A name is the caller's to check.
  std::uint32_t make(std::string_view name, std::size_t bytes);
  std::span<std::byte> bytes(std::uint32_t segment) { return segments_[segment].block; }
  /// The segment that has this name now; `nowhere` if none.
  std::uint32_t find(std::string_view name) const;
  void unlink(std::uint32_t segment) { segments_[segment].name.clear(); }

 private:
  struct Segment {
    std::string name;  // empty: none, or none any more
    std::vector<std::byte> block;
  };
  std::vector<Segment> segments_;  // kept from execution to execution for their storage
  std::size_t used_ = 0;
};

}  // namespace heddle::sim
