// The process-local heap of shared memory that small objects have their blocks from (HEAP-01): a lock needs
// a few bytes and not a mapping of its own. Blocks lie in arenas; an arena is one segment, mapped by the
// process that made it and by its forks, with its descriptor open, so that a child that inherits no mapping
// can be handed a place as descriptor and offset.
//
// What always holds: a block is zero when it is handed out, also on reused memory; it begins at a multiple of
// 64 bytes of its arena (which a real machine maps at a page), so no two share a cache line; free neighbours
// are one free range; a process frees only what it allocated. An arena whose last block goes is given back,
// except one of ordinary size that is kept for the next. The bookkeeping is private to the process: a child
// begins with an empty heap and reaches its parent's blocks by address alone.
//
// Any task may allocate and free at any time, also in a destructor while another is in the middle of an
// allocation: the bookkeeping is a few plain statements under a StateLock, and all Os calls are made outside
// it. With room in an arena neither allocating nor freeing is an Os call.
//
// Not promised: that a free block's memory goes back to the machine before its whole arena does. A block that
// was given to a child stays allocated until the child's end is known (ProcessRecord::memory), so a handle
// may go away before the child does; only a grandchild whose own parent was killed may still use what is
// free.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <mp/os/os.hpp>

namespace mp {

/// A block that the calling process owns; it frees the block where it was allocated and nowhere else.
class HeapBlock {
 public:
  /// At least `bytes` bytes, all zero; one at least. OSError if the machine refuses.
  explicit HeapBlock(std::size_t bytes);
  ~HeapBlock();
  HeapBlock(const HeapBlock&) = delete;
  HeapBlock& operator=(const HeapBlock&) = delete;

  std::byte* address() const { return bytes_.data(); }

 private:
  std::span<std::byte> bytes_;
  ProcessId owner_;
};

/// Where an address of shared memory lies, in words that mean something to a process without the mapping.
struct SegmentPlace {
  Descriptor segment = -1;   // open in the process that asked
  std::uint64_t offset = 0;  // bytes from the segment's beginning
};

/// A segment that the calling process has mapped.
struct SegmentMapping {
  Descriptor segment = -1;
  std::span<std::byte> mapping = {};
};

/// The place of a block of this process's heap, or of one in a segment that it was told of. Absent: neither.
std::optional<SegmentPlace> place_of(Os& os, const void* address);

/// The segments in which place_of finds something: the heap's arenas, then those that remember_segment and
/// address_of added. A child by fork has the descriptors and mappings of all of them, under the same numbers
/// and addresses, but not the list; whoever gives birth may hand it over to remember_segment.
std::vector<SegmentMapping> known_segments(Os& os);

/// Tells place_of and address_of in this process of a segment that it has mapped, say by inheritance. Nothing
/// if it knows of the mapping already.
void remember_segment(Os& os, const SegmentMapping& known);

/// The address of a place in this process, which maps the segment if it has not done so: what a child that
/// inherited a descriptor and no mapping calls. Such a mapping stays as long as the process. OSError if the
/// machine refuses or the place is not in the segment.
void* address_of(Os& os, const SegmentPlace& place);

/// What is in the heap of the calling process.
struct HeapFacts {
  std::size_t arenas = 0;
  std::size_t blocks = 0;
  std::size_t bytes_free = 0;   // in all arenas
  std::size_t ranges_free = 0;  // maximal runs of them
};
HeapFacts heap_facts(Os& os);

}  // namespace mp
