// What Array and RawArray have in common: elements of one type at positions, in a fixed number, with Python's
// ways to name them. A position below zero counts from the end; a slice is cut to what there is.
//
// Each access to one element is an operation, a slice is one too; under the array's lock if it has one. So
// going through an array element by element is no snapshot (ARR-02).
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mp/errors.hpp>
#include <mp/shared/data_lock.hpp>
#include <mp/shared/element_reference.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/shared_block.hpp>

namespace mp {

/// A position, with the line that named it.
struct Position {
  template <std::integral Integer>
  Position(Integer at, Location location = Location::current())  // implicit: array[i]
      : index(static_cast<std::int64_t>(at)), where(location) {}
  std::int64_t index;
  Location where;
};

using SliceBound = std::optional<std::int64_t>;

namespace detail {

/// The elements of a slice [first, first + step, ...), `count` of them.
struct SliceRange {
  std::int64_t first = 0;
  std::int64_t step = 1;
  std::size_t count = 0;
};

/// From the front, for a position that may be negative. IndexError: -size..size-1 does not have it.
std::size_t index_of(std::int64_t position, std::size_t size);
/// As Python's slices: absent bounds are the ends, those beyond are cut. ValueError: a step of zero.
SliceRange slice_of(SliceBound start, SliceBound stop, std::int64_t step, std::size_t size);
std::string slice_words(SliceBound start, SliceBound stop, std::int64_t step);
/// ValueError: negative. OSError: more than any machine has.
std::size_t size_of_array(std::int64_t size, std::size_t element_bytes);
/// What a char array's value is: up to the first NUL.
std::string text_before_nul(std::string text);

template <class R>
concept SizedRange = std::ranges::sized_range<R> && !std::convertible_to<R, std::string_view>;

template <Element T>
class Sequence {
 public:
  Sequence(Sequence&&) noexcept = default;
  Sequence& operator=(Sequence&&) noexcept = default;
  ~Sequence() = default;

  std::size_t size() const { return size_; }

  /// To read or to assign. IndexError unless the position is in -size..size-1.
  ElementReference<T> operator[](Position position) {
    const std::size_t index = index_of(position.index, size_);
    return ElementReference<T>(
        access(range_of({.first = static_cast<std::int64_t>(index), .count = 1}), std::to_string(index)),
        position.where);
  }

  /// The elements from `start` to before `stop`, every `step`-th; backwards if it is negative. One operation.
  /// ValueError: a step of zero.
  std::vector<T> slice(SliceBound start = {}, SliceBound stop = {}, std::int64_t step = 1,
                       Location where = Location::current()) {
    const SliceRange range = slice_of(start, stop, step, size_);
    const ElementAccess elements = access(range_of(range), slice_words(start, stop, step));
    if constexpr (is_vector_in_bits) {
      const auto row = std::make_unique<T[]>(range.count);
      elements.load(std::as_writable_bytes(std::span(row.get(), range.count)), where);
      return std::vector<T>(row.get(), row.get() + range.count);
    } else {
      std::vector<T> row(range.count);
      elements.load(std::as_writable_bytes(std::span(row)), where);
      return row;
    }
  }
  /// Stores into the elements that slice() gives, in that order. ValueError: not as many, a step of zero.
  void store_slice(SliceBound start, SliceBound stop, const std::vector<T>& elements, std::int64_t step = 1,
                   Location where = Location::current()) {
    const SliceRange range = slice_of(start, stop, step, size_);
    if (range.count != elements.size())
      throw ValueError("a slice can only be assigned as many elements as it has");
    const ElementAccess access_to = access(range_of(range), slice_words(start, stop, step));
    if constexpr (is_vector_in_bits)
      access_to.store(std::as_bytes(std::span(row_of(elements).get(), range.count)), where);
    else
      access_to.store(std::as_bytes(std::span(elements)), where);
  }

  /// Reads one element after the other, each when it is asked for.
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using difference_type = std::ptrdiff_t;
    using value_type = T;
    using pointer = void;
    using reference = T;
    Iterator(Sequence& sequence, std::size_t index, Location where)
        : sequence_(&sequence), index_(index), where_(where) {}
    T operator*() const { return (*sequence_)[Position(index_, where_)]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) { return std::exchange(*this, Iterator(*sequence_, index_ + 1, where_)); }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    Sequence* sequence_;
    std::size_t index_;
    Location where_;
  };
  Iterator begin(Location where = Location::current()) { return Iterator(*this, 0, where); }
  Iterator end(Location where = Location::current()) { return Iterator(*this, size_, where); }

  /// The text of a char array up to its first NUL (ARR-03).
  std::string value(Location where = Location::current()) requires std::same_as<T, char> {
    return text_before_nul(raw(where));
  }
  /// Stores the text and, if there is room, a NUL after it; the rest stays. ValueError: longer than the
  /// array.
  void set_value(std::string_view text, Location where = Location::current()) requires std::same_as<T, char> {
    const std::size_t nul = text.size() < size_ ? 1 : 0;
    set_raw(std::string(text) + std::string(nul, '\0'), where);
  }
  /// All of a char array. Storing fewer leaves the rest. ValueError: longer than the array.
  std::string raw(Location where = Location::current()) requires std::same_as<T, char> {
    const std::vector<char> all = slice({}, {}, 1, where);
    return std::string(all.begin(), all.end());
  }
  void set_raw(std::string_view bytes, Location where = Location::current()) requires std::same_as<T, char> {
    if (bytes.size() > size_) throw ValueError("byte string too long");
    store_slice(0, static_cast<std::int64_t>(bytes.size()), std::vector<char>(bytes.begin(), bytes.end()), 1,
                where);
  }

  ObjectId object() const { return object_; }

 protected:
  Sequence(std::int64_t size, std::string_view name, std::optional<DataLock> lock, Location where)
      : Sequence{SharedBytes(size_of_array(size, sizeof(T)) * sizeof(T)), static_cast<std::size_t>(size),
                 announce(os(), ObjectKind::array, name, where), std::move(lock)} {}
  Sequence(SharedBytes bytes, std::size_t size, ObjectId object, std::optional<DataLock> lock)
      : bytes_(std::move(bytes)),
        size_(size),
        object_(object),
        claim_(os(), object),
        lock_(std::move(lock)) {}

  /// Nobody else can see it yet, so this is no operation.
  template <class R>
  void initialise(const R& values) {
    if (size_ != 0) os().store_cell(bytes_.address(), std::as_bytes(std::span(row_of(values).get(), size_)));
  }
  void encode_elements(Encoder& encoder, std::string_view what) const {
    bytes_.encode(encoder, what);
    encoder.natural(size_);
    encode_object(encoder, object_);
  }
  /// Calls make(bytes, size, object).
  template <class Make>
  static auto decode_elements(Decoder& decoder, Make make) {
    SharedBytes bytes = SharedBytes::decode(decoder);
    const auto size = static_cast<std::size_t>(decoder.natural());
    return make(std::move(bytes), size, decode_object(decoder));
  }
  const SharedBytes& bytes() const { return bytes_; }
  DataLock& lock() { return *lock_; }
  const DataLock& lock() const { return *lock_; }

 private:
  // A std::vector<bool> does not have its elements side by side, as they lie in shared memory.
  static constexpr bool is_vector_in_bits = std::same_as<T, bool>;

  template <class R>
  static std::unique_ptr<T[]> row_of(const R& values) {
    auto row = std::make_unique<T[]>(std::ranges::size(values));
    std::ranges::transform(values, row.get(), [](const auto& each) { return static_cast<T>(each); });
    return row;
  }

  // Part 0 is the whole of an object, so the first element is part 1.
  ElementRange range_of(const SliceRange& range) const {
    return {.first = bytes_.address() + range.first * static_cast<std::int64_t>(sizeof(T)),
            .element_bytes = sizeof(T),
            .count = range.count,
            .step = range.step,
            .part = static_cast<std::uint64_t>(range.first) + 1};
  }
  ElementAccess access(const ElementRange& range, std::string position) const {
    return {.lock = lock_ ? &lock_->core() : nullptr,
            .kind = ObjectKind::array,
            .object = object_,
            .range = range,
            .position = std::move(position),
            .describe = &describe_elements<T>};
  }

  SharedBytes bytes_;
  std::size_t size_;
  ObjectId object_;
  Claim claim_;
  std::optional<DataLock> lock_;  // absent: raw
};

}  // namespace detail
}  // namespace mp
