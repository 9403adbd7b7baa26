// Segments by name, and their views.
#include <mp/shared/shared_memory.hpp>

#include <array>
#include <cerrno>
#include <functional>

#include <mp/shared/os_failure.hpp>

namespace mp {

namespace detail {

// In a child that the program forked by itself the mapping is a copy, which the child may still use.
MappedSegment::~MappedSegment() {
  Os& here = os();
  if (here.process_id() == owner_) static_cast<void>(here.unmap_segment(bytes_));
}

}  // namespace detail

// --- views ---------------------------------------------------------------------------------------------

std::byte* SharedMemoryView::address_of(std::size_t offset, std::size_t count) const {
  if (offset > size() || count > size() - offset) throw IndexError("beyond the end of shared memory");
  return bytes().data() + offset;
}

detail::ElementAccess SharedMemoryView::access_bytes(std::size_t offset, std::size_t count,
                                                     std::string (*describe)(const void*,
                                                                             std::size_t)) const {
  return {.kind = ObjectKind::shared_memory,
          .object = object_,
          .range = {.first = address_of(offset, count), .element_bytes = count, .part = offset},
          .position = std::to_string(offset),
          .describe = describe};
}

namespace {

std::string describe_nothing(const void*, std::size_t) { return "bytes"; }

}  // namespace

Bytes SharedMemoryView::read(std::size_t offset, std::size_t count, Location where) const {
  const detail::ElementAccess all = access_bytes(offset, count, &describe_nothing);
  Bytes bytes(count);
  if (count > 0) all.load(bytes, where);
  return bytes;
}

void SharedMemoryView::write(std::size_t offset, std::span<const std::byte> bytes, Location where) const {
  const detail::ElementAccess all = access_bytes(offset, bytes.size(), &describe_nothing);
  if (!bytes.empty()) all.store(bytes, where);
}

Word& SharedMemoryView::word(std::size_t offset) const {
  std::byte* const address = address_of(offset, sizeof(Word));
  if (offset % alignof(Word) != 0) throw ValueError("a word lies at a multiple of 4 bytes");
  return *std::launder(reinterpret_cast<Word*>(address));
}

// --- handles -------------------------------------------------------------------------------------------

namespace {

constexpr const char* what = "shared memory";

void demand_possible(std::string_view name) {
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string_view::npos ||
      name.find('\0') != std::string_view::npos) {
    throw ValueError("not a name for shared memory");
  }
}

std::string random_name(Os& os) {
  std::array<std::byte, 6> chance{};
  os.random_bytes(chance);
  std::string name = "mp_";
  for (const std::byte each : chance) {
    constexpr std::string_view digits = "0123456789abcdef";
    name += digits[std::to_integer<std::size_t>(each) / 16];
    name += digits[std::to_integer<std::size_t>(each) % 16];
  }
  return name;
}

// What the handles of one segment have in common, for whoever watches.
std::uint64_t key_of(std::string_view name) { return std::hash<std::string_view>{}(name); }

}  // namespace

// The mapping keeps the segment, so its descriptor need not stay open and leak into children.
SharedMemory::SharedMemory(std::string name, std::string_view told_name, Descriptor segment, Origin origin,
                           Location where)
    : name_(std::move(name)) {
  Os& here = os();
  const Result<std::span<std::byte>> mapping = here.map_segment(segment);
  static_cast<void>(here.close(segment));
  segment_ = std::make_shared<detail::MappedSegment>(demand(mapping, what));
  size_ = segment_->bytes().size();
  object_ = here.annotate({.kind = Annotation::Kind::created,
                           .object_kind = ObjectKind::shared_memory,
                           .number = origin == Origin::created ? 1 : 0,
                           .part = key_of(name_),
                           .text = told_name,
                           .where = where})
                .object;
  claim_ = Claim(here, object_);
}

SharedMemory SharedMemory::create(std::int64_t size, std::optional<std::string_view> name, Location where) {
  if (size <= 0) throw ValueError("the size of shared memory must be positive");
  Os& here = os();
  const auto bytes = static_cast<std::size_t>(size);
  if (name) {
    demand_possible(*name);
    const Descriptor segment = demand(here.create_segment(*name, bytes), what);
    return SharedMemory(std::string(*name), *name, segment, Origin::created, where);
  }
  // By chance another has the name: draw again. It is no name to tell, as it differs from run to run.
  while (true) {
    std::string drawn = random_name(here);
    const Result<Descriptor> segment = here.create_segment(drawn, bytes);
    if (segment) return SharedMemory(std::move(drawn), {}, *segment, Origin::created, where);
    if (segment.error().value != EEXIST) throw_os_error(segment.error(), what);
  }
}

SharedMemory SharedMemory::attach(std::string_view name, Location where) {
  demand_possible(name);
  const Descriptor segment = demand(os().open_segment(name), what);
  return SharedMemory(std::string(name), name, segment, Origin::attached, where);
}

SharedMemory::SharedMemory(std::optional<std::string_view> name, bool create_it, std::int64_t size,
                           Location where) {
  if (!create_it && !name) throw ValueError("to attach to shared memory takes its name");
  *this = create_it ? create(size, name, where) : attach(*name, where);
}

SharedMemoryView SharedMemory::buf() const {
  if (is_closed()) throw ValueError("the shared memory is closed");
  return SharedMemoryView(segment_, object_);
}

void SharedMemory::close(Location where) {
  if (is_closed()) return;
  Operation operation(os(), Verb::close, ObjectKind::shared_memory, object_, where);
  if (segment_.use_count() > 1) throw BufferError("a view of the shared memory is in use");
  segment_.reset();
  claim_.drop();
  operation.succeed();
}

void SharedMemory::unlink(Location where) {
  Os& here = os();
  Operation operation(here, Verb::unlink, ObjectKind::shared_memory, object_, where);
  demand(here.unlink_segment(name_), what);
  operation.succeed();
}

}  // namespace mp
