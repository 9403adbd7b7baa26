// A list of a fixed number of items in named shared memory, for any process that knows the name. Each item
// has a place of fixed size, which its first value decides; its type may change.
//
// The memory begins with the number of items (8 bytes) and a record of 24 bytes per item: where its place
// begins, how many bytes that has, and, in one word, what lies there and how many bytes of it. The places
// follow, each a multiple of 8 bytes. Lengths are stored and counted in bytes, so nothing is lost at the end
// of a text and none is cut within a letter (SHL-02 deviates for the better). It is not CPython's layout.
//
// There is no lock: an access is not atomic, and two unordered ones are a race on the shared memory. Rows
// met: SHL-01. SHL-03 is not offered. No slices, no append; what is no item does not compile.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <mp/shared/shared_memory.hpp>

namespace mp {

/// None, bool, a 64-bit int, float, str, bytes: one item.
class ShareableItem {
 public:
  using None = std::monostate;
  using Variant = std::variant<None, bool, std::int64_t, double, std::string, Bytes>;

  ShareableItem() = default;  // None
  ShareableItem(std::nullopt_t) {}
  ShareableItem(std::same_as<bool> auto value) : value_(value) {}
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool> && (sizeof(Integer) < 8 || std::signed_integral<Integer>))
      ShareableItem(Integer value)
      : value_(static_cast<std::int64_t>(value)) {}
  ShareableItem(std::floating_point auto value) : value_(static_cast<double>(value)) {}
  ShareableItem(const char* text) : value_(std::string(text)) {}
  ShareableItem(std::string text) : value_(std::move(text)) {}
  ShareableItem(Bytes bytes) : value_(std::move(bytes)) {}

  const Variant& get() const { return value_; }
  /// As Python's ==: numbers and truth values by what they count.
  bool operator==(const ShareableItem& other) const;

 private:
  Variant value_;
};

class ShareableList {
 public:
  /// In new shared memory; without a name it gets one. FileExistsError, OSError: as SharedMemory::create.
  explicit ShareableList(const std::vector<ShareableItem>& items,
                         std::optional<std::string_view> name = std::nullopt,
                         Location where = Location::current());
  /// The list in the shared memory of this name, as SharedMemory::attach. ValueError: that has no list.
  static ShareableList attach(std::string_view name, Location where = Location::current());

  ShareableList(ShareableList&&) noexcept = default;
  ShareableList& operator=(ShareableList&&) noexcept = default;
  ~ShareableList() = default;

  std::size_t size() const { return size_; }

  /// IndexError unless the position is in -size..size-1.
  ShareableItem get(Position position) const;
  /// IndexError likewise. ValueError: more bytes than the item's place has; the old value stays.
  void set(Position position, const ShareableItem& item);

  /// Where the first item lies that equals this one. ValueError: nowhere.
  std::size_t index(const ShareableItem& item, Location where = Location::current()) const;
  /// How many items equal this one.
  std::size_t count(const ShareableItem& item, Location where = Location::current()) const;
  /// One after the other.
  std::vector<ShareableItem> items(Location where = Location::current()) const;

  /// The memory, to unlink it or to name it. It is closed by close() alone.
  SharedMemory& shm() { return memory_; }
  /// Gives this handle's mapping up; what needs it is a ValueError from then on.
  void close(Location where = Location::current());

  /// By name, as SharedMemory.
  void encode(Encoder& encoder) const { memory_.encode(encoder); }
  static ShareableList decode(Decoder& decoder) { return ShareableList(SharedMemory::decode(decoder)); }

 private:
  explicit ShareableList(SharedMemory memory);
  SharedMemoryView view() const;

  SharedMemory memory_;
  std::size_t size_ = 0;
};

}  // namespace mp
