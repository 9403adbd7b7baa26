// The records and the places of a list.
#include <mp/shared/shareable_list.hpp>

#include <algorithm>
#include <cstring>

#include <mp/errors.hpp>

namespace mp {

namespace {

constexpr std::size_t unit_bytes = 8;

// What lies in a place; the order is that of the item's variant.
enum class Kind : std::uint8_t { none, boolean, integer, real, text, bytes };

struct Record {
  std::uint64_t offset = 0;  // of the place, from the beginning of the memory
  std::uint64_t room = 0;    // bytes
  std::uint32_t length = 0;  // bytes in use, at most the room
  Kind kind = Kind::none;
  std::uint8_t unused[3] = {};
};
static_assert(sizeof(Record) == 24);

constexpr std::size_t records_begin = sizeof(std::uint64_t);
constexpr std::size_t record_offset(std::size_t index) { return records_begin + index * sizeof(Record); }

// A unit for what is no text; for texts and bytes at least one byte more than they have.
std::uint64_t room_for(Kind kind, std::size_t length) {
  const bool has_letters = kind == Kind::text || kind == Kind::bytes;
  return has_letters ? (length / unit_bytes + 1) * unit_bytes : unit_bytes;
}

struct Encoded {
  Kind kind = Kind::none;
  Bytes bytes = {};
};

template <class T>
Bytes bytes_of(const T& value) {
  const auto bytes = std::as_bytes(std::span(&value, 1));
  return Bytes(bytes.begin(), bytes.end());
}

Encoded encoded(const ShareableItem& item) {
  const auto kind = static_cast<Kind>(item.get().index());
  if (const auto* flag = std::get_if<bool>(&item.get())) return {kind, bytes_of(std::int64_t{*flag})};
  if (const auto* integer = std::get_if<std::int64_t>(&item.get())) return {kind, bytes_of(*integer)};
  if (const auto* real = std::get_if<double>(&item.get())) return {kind, bytes_of(*real)};
  if (const auto* bytes = std::get_if<Bytes>(&item.get())) return {kind, *bytes};
  const auto* text = std::get_if<std::string>(&item.get());
  if (text == nullptr) return {.kind = kind, .bytes = {}};
  const auto letters = std::as_bytes(std::span(*text));
  return {kind, Bytes(letters.begin(), letters.end())};
}

template <class T>
T number_of(const Bytes& bytes) {
  T value{};
  std::memcpy(&value, bytes.data(), std::min(sizeof(T), bytes.size()));
  return value;
}

ShareableItem decoded(Kind kind, Bytes bytes) {
  switch (kind) {
    case Kind::none:
      return {};
    case Kind::boolean:
      return number_of<std::int64_t>(bytes) != 0;
    case Kind::integer:
      return number_of<std::int64_t>(bytes);
    case Kind::real:
      return number_of<double>(bytes);
    case Kind::text:
      return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    case Kind::bytes:
      return bytes;
  }
  throw ValueError("the shared memory has no list of items");
}

// Numbers that Python compares with each other; exact for every int and float where this type has 64 bits.
std::optional<long double> number_in(const ShareableItem& item) {
  if (const auto* flag = std::get_if<bool>(&item.get())) return *flag ? 1.0L : 0.0L;
  if (const auto* integer = std::get_if<std::int64_t>(&item.get())) return static_cast<long double>(*integer);
  if (const auto* real = std::get_if<double>(&item.get())) return static_cast<long double>(*real);
  return std::nullopt;
}

// All of the memory of a new list.
Bytes image_of(const std::vector<ShareableItem>& items) {
  Bytes image = bytes_of(std::uint64_t{items.size()});
  image.resize(record_offset(items.size()));
  for (std::size_t at = 0; at < items.size(); ++at) {
    const Encoded value = encoded(items[at]);
    const Record record{.offset = image.size(),
                        .room = room_for(value.kind, value.bytes.size()),
                        .length = static_cast<std::uint32_t>(value.bytes.size()),
                        .kind = value.kind};
    std::memcpy(&image[record_offset(at)], &record, sizeof(record));
    image.insert(image.end(), value.bytes.begin(), value.bytes.end());
    image.resize(record.offset + record.room);
  }
  return image;
}

// Nobody is told of the memory before it is filled, so filling it is no operation.
SharedMemory make_memory(const Bytes& image, std::optional<std::string_view> name, Location where) {
  SharedMemory memory = SharedMemory::create(static_cast<std::int64_t>(image.size()), name, where);
  os().store_cell(memory.buf().bytes().data(), image);
  return memory;
}

// The record of an item, checked: others may have written anything.
Record record_of(const SharedMemoryView& view, std::size_t index, Location where) {
  Record record;
  std::memcpy(&record, view.read(record_offset(index), sizeof(record), where).data(), sizeof(record));
  const bool is_within = record.length <= record.room && record.offset <= view.size() &&
                         record.room <= view.size() - record.offset;
  if (!is_within) throw ValueError("the shared memory has no list of items");
  return record;
}

}  // namespace

bool ShareableItem::operator==(const ShareableItem& other) const {
  const auto number = number_in(*this);
  const auto others = number_in(other);
  return number && others ? *number == *others : value_ == other.value_;
}

ShareableList::ShareableList(const std::vector<ShareableItem>& items, std::optional<std::string_view> name,
                             Location where)
    : memory_(make_memory(image_of(items), name, where)), size_(items.size()) {}

ShareableList::ShareableList(SharedMemory memory) : memory_(std::move(memory)) {
  const SharedMemoryView all = view();
  if (all.size() < records_begin) throw ValueError("the shared memory has no list of items");
  size_ = static_cast<std::size_t>(all.load<std::uint64_t>(0));
  if (size_ > (all.size() - records_begin) / sizeof(Record)) {
    throw ValueError("the shared memory has no list of items");
  }
}

ShareableList ShareableList::attach(std::string_view name, Location where) {
  return ShareableList(SharedMemory::attach(name, where));
}

SharedMemoryView ShareableList::view() const { return memory_.buf(); }

ShareableItem ShareableList::get(Position position) const {
  const std::size_t index = detail::index_of(position.index, size_);
  const SharedMemoryView all = view();
  const Record record = record_of(all, index, position.where);
  return decoded(record.kind, all.read(record.offset, record.length, position.where));
}

// The bytes first: a reader that is in between takes new bytes by the old length, never bytes of nobody.
void ShareableList::set(Position position, const ShareableItem& item) {
  const std::size_t index = detail::index_of(position.index, size_);
  const SharedMemoryView all = view();
  Record record = record_of(all, index, position.where);
  const Encoded value = encoded(item);
  if (value.bytes.size() > record.room) throw ValueError("bytes/str item exceeds available storage");
  all.write(record.offset, value.bytes, position.where);
  record.kind = value.kind;
  record.length = static_cast<std::uint32_t>(value.bytes.size());
  all.write(record_offset(index), std::as_bytes(std::span(&record, 1)), position.where);
}

std::size_t ShareableList::index(const ShareableItem& item, Location where) const {
  for (std::size_t at = 0; at < size_; ++at)
    if (get(Position(at, where)) == item) return at;
  throw ValueError("the item is not in this list");
}

std::size_t ShareableList::count(const ShareableItem& item, Location where) const {
  return static_cast<std::size_t>(std::ranges::count(items(where), item));
}

std::vector<ShareableItem> ShareableList::items(Location where) const {
  std::vector<ShareableItem> all;
  for (std::size_t at = 0; at < size_; ++at) all.push_back(get(Position(at, where)));
  return all;
}

void ShareableList::close(Location where) { memory_.close(where); }

}  // namespace mp
