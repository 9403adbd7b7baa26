// Numbers that processes share, as many as are asked for: Array with a lock, RawArray without. Every access
// is described in sequence.hpp.
//
// Rows met: ARR-01..04, RAW-01, VAL-03, VAL-07 and VAL-08 as for Value; a size that is no integer does not
// compile. Array<char> is Python's array of 'c', with value() and raw(); of a RawArray<char> too.
#pragma once

#include <initializer_list>

#include <mp/shared/name_option.hpp>
#include <mp/shared/sequence.hpp>

namespace mp {

/// Elements without a lock. What tasks do to one element at one time must be ordered by the program.
template <Element T>
class RawArray : public detail::Sequence<T> {
  using Base = detail::Sequence<T>;

 public:
  /// So many zeros; none is allowed. ValueError: negative. OSError if the machine refuses the memory.
  template <std::integral Integer>
  explicit RawArray(Integer size, NameOption options = {}, Location where = Location::current())
      : Base(static_cast<std::int64_t>(size), options.name, std::nullopt, where) {}
  /// With these elements: RawArray<int>({1, 2}), or of any range that knows its size.
  explicit RawArray(std::initializer_list<T> values, NameOption options = {},
                    Location where = Location::current())
      : RawArray(values.size(), options, where) {
    this->initialise(values);
  }
  template <detail::SizedRange R>
  requires StorableAs<std::ranges::range_value_t<R>, T>
  explicit RawArray(const R& values, NameOption options = {}, Location where = Location::current())
      : RawArray(std::ranges::size(values), options, where) {
    this->initialise(values);
  }
  explicit RawArray(std::string_view text, NameOption options = {},
                    Location where = Location::current()) requires std::same_as<T, char>
      : RawArray(text.size(), options, where) {
    this->initialise(text);
  }

  /// RuntimeError except for a child being born.
  void encode(Encoder& encoder) const { this->encode_elements(encoder, "RawArray"); }
  static RawArray decode(Decoder& decoder) {
    return Base::decode_elements(decoder, [](SharedBytes bytes, std::size_t size, ObjectId object) {
      return RawArray(std::move(bytes), size, object);
    });
  }

 private:
  template <Element U>
  friend class Array;

  RawArray(SharedBytes bytes, std::size_t size, ObjectId object)
      : Base(std::move(bytes), size, object, std::nullopt) {}
};

template <Element T>
class Array : public detail::Sequence<T> {
  using Base = detail::Sequence<T>;

 public:
  /// So many zeros; none is allowed. ValueError: negative. OSError if the machine refuses the memory.
  template <std::integral Integer>
  explicit Array(Integer size, const DataOptions& options = {}, Location where = Location::current())
      : Base(static_cast<std::int64_t>(size), options.name, options.lock.lock_for(options.name, where),
             where) {}
  /// With these elements: Array<int>({1, 2}), or of any range that knows its size.
  explicit Array(std::initializer_list<T> values, const DataOptions& options = {},
                 Location where = Location::current())
      : Array(values.size(), options, where) {
    this->initialise(values);
  }
  template <detail::SizedRange R>
  requires StorableAs<std::ranges::range_value_t<R>, T>
  explicit Array(const R& values, const DataOptions& options = {}, Location where = Location::current())
      : Array(std::ranges::size(values), options, where) {
    this->initialise(values);
  }
  explicit Array(std::string_view text, const DataOptions& options = {},
                 Location where = Location::current()) requires std::same_as<T, char>
      : Array(text.size(), options, where) {
    this->initialise(text);
  }

  /// The lock of this array (VAL-03). It lives as long as the Array.
  DataLock& get_lock() { return this->lock(); }
  /// The same elements without the lock (VAL-07).
  RawArray<T> get_obj() const { return RawArray<T>(this->bytes(), this->size(), this->object()); }
  /// The lock's own, so that an Array may be the subject of a With.
  bool acquire(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current()) {
    return this->lock().acquire(block, timeout, where);
  }
  void release(Location where = Location::current()) { this->lock().release(where); }

  /// RuntimeError except for a child being born (VAL-08).
  void encode(Encoder& encoder) const {
    this->encode_elements(encoder, "Array");
    this->lock().encode(encoder);
  }
  static Array decode(Decoder& decoder) {
    return Base::decode_elements(decoder, [&](SharedBytes bytes, std::size_t size, ObjectId object) {
      return Array(std::move(bytes), size, object, DataLock::decode(decoder));
    });
  }

 private:
  Array(SharedBytes bytes, std::size_t size, ObjectId object, DataLock lock)
      : Base(std::move(bytes), size, object, std::move(lock)) {}
};

}  // namespace mp
