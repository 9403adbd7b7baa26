// First fit over the free ranges of each arena, in the order in which the arenas were made.
#include <mp/shared/heap.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <limits>
#include <utility>

#include <mp/process/state.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

constexpr std::size_t block_alignment = 64;
constexpr std::size_t page_bytes = 4096;
// Each arena is twice as large as the one before, within these. Larger blocks have an arena of their own.
constexpr std::size_t arena_bytes_min = page_bytes;
constexpr std::size_t arena_bytes_max = 1024 * 1024;

constexpr std::size_t round_up(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

bool contains(std::span<const std::byte> mapping, const void* address) {
  const std::less_equal<const void*> not_after;
  return not_after(mapping.data(), address) && !not_after(mapping.data() + mapping.size(), address);
}

struct Range {
  std::size_t offset = 0;
  std::size_t bytes = 0;
};

struct Arena {
  SegmentMapping place = {};
  std::vector<Range> free = {};  // in order of their offsets, no two adjacent
  std::size_t untouched = 0;     // nothing at or after this offset was ever handed out
  std::size_t blocks = 0;

  std::optional<Range> take(std::size_t bytes);
  void give_back(Range range);
};

std::optional<Range> Arena::take(std::size_t bytes) {
  const auto found = std::ranges::find_if(free, [&](const Range& each) { return each.bytes >= bytes; });
  if (found == free.end()) return std::nullopt;
  const Range taken{found->offset, bytes};
  found->offset += bytes;
  found->bytes -= bytes;
  if (found->bytes == 0) free.erase(found);
  ++blocks;
  return taken;
}

void Arena::give_back(Range range) {
  --blocks;
  auto next = std::ranges::upper_bound(free, range.offset, {}, &Range::offset);
  if (next != free.begin() && std::prev(next)->offset + std::prev(next)->bytes == range.offset) {
    --next;
    next->bytes += range.bytes;
  } else {
    next = free.insert(next, range);
  }
  const auto after = std::next(next);
  if (after == free.end() || next->offset + next->bytes != after->offset) return;
  next->bytes += after->bytes;
  free.erase(after);
}

}  // namespace

/// The bookkeeping of one process. Touched under its StateLock only.
struct Heap {
  ProcessId owner = ProcessId::none;
  std::vector<Arena> arenas = {};               // oldest first
  std::vector<SegmentMapping> remembered = {};  // not this heap's own
};

namespace {

// A child that the program forked by itself may have a copy of its parent's slots; what that copy lists is
// the parent's to give out.
Heap& heap_of(ProcessState& state, ProcessId process) {
  if (state.heap == nullptr || state.heap->owner != process) state.heap = new Heap{.owner = process};
  return *state.heap;
}

struct Taken {
  std::span<std::byte> block;
  std::size_t dirty = 0;  // so many of its bytes may be other than zero
};

std::optional<Taken> take(Heap& heap, std::size_t bytes) {
  for (Arena& arena : heap.arenas) {
    const std::optional<Range> range = arena.take(bytes);
    if (!range) continue;
    const std::size_t dirty = std::clamp(arena.untouched, range->offset, range->offset + bytes);
    arena.untouched = std::max(arena.untouched, range->offset + bytes);
    return Taken{arena.place.mapping.subspan(range->offset, bytes), dirty - range->offset};
  }
  return std::nullopt;
}

std::size_t next_arena_bytes(const Heap& heap, std::size_t block_bytes) {
  std::size_t bytes = arena_bytes_min;
  for (std::size_t i = 0; i < heap.arenas.size() && bytes < arena_bytes_max; ++i) bytes *= 2;
  return std::max(bytes, round_up(block_bytes, page_bytes));
}

Arena make_arena(Os& os, std::size_t bytes) {
  constexpr const char* what = "cannot map shared memory";
  const Descriptor segment = demand(os.create_segment({}, bytes), what);
  const Result<std::span<std::byte>> mapping = os.map_segment(segment);
  if (mapping) return {.place = {segment, *mapping}, .free = {{0, bytes}}};
  static_cast<void>(os.close(segment));
  throw_os_error(mapping.error(), what);
}

void give_to_machine(Os& os, const SegmentMapping& place) {
  static_cast<void>(os.unmap_segment(place.mapping));
  static_cast<void>(os.close(place.segment));
}

std::span<std::byte> allocate(Os& os, std::size_t bytes) {
  if (bytes > std::numeric_limits<std::size_t>::max() / 2) throw_os_error({ENOMEM}, "no such memory");
  const std::size_t rounded = round_up(std::max<std::size_t>(bytes, 1), block_alignment);
  ProcessState& state = process_state(os);
  const ProcessId here = os.process_id();
  std::optional<Arena> fresh;
  while (true) {
    std::optional<Taken> taken;
    std::size_t arena_bytes = 0;
    {
      const StateLock held(state);
      Heap& heap = heap_of(state, here);
      if (fresh) heap.arenas.push_back(*std::exchange(fresh, std::nullopt));
      taken = take(heap, rounded);
      arena_bytes = next_arena_bytes(heap, rounded);
    }
    if (taken) {
      std::memset(taken->block.data(), 0, taken->dirty);
      return taken->block;
    }
    fresh = make_arena(os, arena_bytes);
  }
}

// The arena that has to go now that its last block went, taken off the heap.
std::optional<SegmentMapping> take_off_if_idle(Heap& heap, std::vector<Arena>::iterator arena) {
  const auto is_idle = [](const Arena& each) { return each.blocks == 0; };
  if (!is_idle(*arena)) return std::nullopt;
  const bool is_large = arena->place.mapping.size() > arena_bytes_max;
  if (!is_large && std::ranges::count_if(heap.arenas, is_idle) == 1) return std::nullopt;
  const SegmentMapping place = arena->place;
  heap.arenas.erase(arena);
  return place;
}

void release(Os& os, std::span<std::byte> block) {
  ProcessState& state = process_state(os);
  std::optional<SegmentMapping> idle;
  {
    const StateLock held(state);
    if (state.heap == nullptr) return;
    Heap& heap = *state.heap;
    const auto arena = std::ranges::find_if(
        heap.arenas, [&](const Arena& each) { return contains(each.place.mapping, block.data()); });
    if (arena == heap.arenas.end()) return;
    arena->give_back({static_cast<std::size_t>(block.data() - arena->place.mapping.data()), block.size()});
    idle = take_off_if_idle(heap, arena);
  }
  if (idle) give_to_machine(os, *idle);
}

}  // namespace

HeapBlock::HeapBlock(std::size_t bytes) : bytes_(allocate(os(), bytes)), owner_(os().process_id()) {}

// A child that the program forked by itself has copies of this object; the block is its parent's.
HeapBlock::~HeapBlock() {
  Os& here = os();
  if (here.process_id() == owner_) release(here, bytes_);
}

std::vector<SegmentMapping> known_segments(Os& os) {
  ProcessState& state = process_state(os);
  const ProcessId here = os.process_id();
  const StateLock held(state);
  const Heap& heap = heap_of(state, here);
  std::vector<SegmentMapping> known;
  for (const Arena& each : heap.arenas) known.push_back(each.place);
  known.insert(known.end(), heap.remembered.begin(), heap.remembered.end());
  return known;
}

std::optional<SegmentPlace> place_of(Os& os, const void* address) {
  for (const SegmentMapping& each : known_segments(os)) {
    if (!contains(each.mapping, address)) continue;
    const auto* const place = static_cast<const std::byte*>(address);
    return SegmentPlace{each.segment, static_cast<std::uint64_t>(place - each.mapping.data())};
  }
  return std::nullopt;
}

void remember_segment(Os& os, const SegmentMapping& known) {
  ProcessState& state = process_state(os);
  const ProcessId here = os.process_id();
  const StateLock held(state);
  std::vector<SegmentMapping>& remembered = heap_of(state, here).remembered;
  const auto is_it = [&](const SegmentMapping& each) { return each.mapping.data() == known.mapping.data(); };
  if (std::ranges::none_of(remembered, is_it)) remembered.push_back(known);
}

void* address_of(Os& os, const SegmentPlace& place) {
  constexpr const char* what = "cannot map shared memory";
  const std::vector<SegmentMapping> known = known_segments(os);
  auto found = std::ranges::find(known, place.segment, &SegmentMapping::segment);
  const SegmentMapping segment =
      found != known.end() ? *found
                           : SegmentMapping{place.segment, demand(os.map_segment(place.segment), what)};
  if (found == known.end()) remember_segment(os, segment);
  if (place.offset >= segment.mapping.size()) throw_os_error({EINVAL}, what);
  return segment.mapping.data() + place.offset;
}

HeapFacts heap_facts(Os& os) {
  ProcessState& state = process_state(os);
  const ProcessId here = os.process_id();
  const StateLock held(state);
  HeapFacts facts;
  for (const Arena& arena : heap_of(state, here).arenas) {
    ++facts.arenas;
    facts.blocks += arena.blocks;
    facts.ranges_free += arena.free.size();
    for (const Range& range : arena.free) facts.bytes_free += range.bytes;
  }
  return facts;
}

}  // namespace mp
