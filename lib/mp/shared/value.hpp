// One number that processes share, with a lock. Reading it is one operation and writing it another, each of
// which takes the lock; `v.value() += 1` is one of each with the lock free between them (VAL-05), so a
// program that means to count holds get_lock() around it.
//
// Rows met: VAL-03 (a new RLock), VAL-04, VAL-05, VAL-08; VAL-06 cannot happen, the lock being recursive. Any
// trivially copyable type with a codec stands where Python has typecodes (VAL-01); what does not fit converts
// as C++ does (VAL-02). Raw values without a lock are not offered here.
#pragma once

#include <span>
#include <string>
#include <type_traits>

#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/shared/name_option.hpp>
#include <mp/shared/shared_block.hpp>
#include <mp/sync/lock.hpp>

namespace mp {

namespace detail {

/// A value without its type: where it lies, and how it is told in words.
struct ValueAccess {
  const LockCore& lock;
  ObjectId object;
  void* cell;
  std::string (*describe)(const void* value);

  void load(std::span<std::byte> into, Location where) const;
  void store(std::span<const std::byte> bytes, Location where) const;
};

/// A new value's lock goes by "counter.lock" if the value goes by "counter".
RLock make_value_lock(std::string_view value_name, Location where);

}  // namespace detail

/// What value() gives: converts to a T by reading, is assigned by writing. It is used where it is made and
/// not kept.
template <class T>
class ValueReference {
 public:
  ValueReference(detail::ValueAccess access, Location where) : access_(access), where_(where) {}
  ValueReference(const ValueReference&) = delete;

  operator T() const {  // implicit, so that `int x = v.value()` reads
    T value{};
    access_.load(std::as_writable_bytes(std::span(&value, 1)), where_);
    return value;
  }
  const ValueReference& operator=(T value) const {
    access_.store(std::as_bytes(std::span(&value, 1)), where_);
    return *this;
  }
  const ValueReference& operator=(const ValueReference& other) const { return *this = static_cast<T>(other); }
  // A read and a write, with the lock free in between unless the caller holds it.
  const ValueReference& operator+=(T other) const { return *this = static_cast<T>(T{*this} + other); }
  const ValueReference& operator-=(T other) const { return *this = static_cast<T>(T{*this} - other); }
  const ValueReference& operator*=(T other) const { return *this = static_cast<T>(T{*this} * other); }
  const ValueReference& operator++() const { return *this += T{1}; }
  const ValueReference& operator--() const { return *this -= T{1}; }

 private:
  detail::ValueAccess access_;
  Location where_;
};

template <class T>
requires std::is_trivially_copyable_v<T>
class Value {
 public:
  /// OSError if the machine refuses the memory.
  explicit Value(T initial = T{}, NameOption options = {}, Location where = Location::current())
      : Value{SharedBlock<Cell<T>>(), detail::make_value_lock(options.name, where),
              announce(os(), ObjectKind::value, options.name, where)} {
    // Nobody else can see it yet: neither an operation nor a lock is needed.
    os().store_cell(cell_.get(), std::as_bytes(std::span(&initial, 1)));
  }

  Value(Value&&) noexcept = default;
  Value& operator=(Value&&) noexcept = default;
  ~Value() = default;

  /// To read or to assign; waits while another task holds the lock (VAL-04).
  ValueReference<T> value(Location where = Location::current()) {
    return ValueReference<T>({lock_.core(), object_, cell_.get(), &describe_cell}, where);
  }
  /// The lock of this value (VAL-03). It lives as long as the Value.
  RLock& get_lock() { return lock_; }
  /// The lock's own, so that a Value may be the subject of a With (VAL-04).
  bool acquire(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current()) {
    return lock_.acquire(block, timeout, where);
  }
  void release(Location where = Location::current()) { lock_.release(where); }

  ObjectId object() const { return object_; }
  /// RuntimeError except for a child being born (VAL-08).
  void encode(Encoder& encoder) const {
    cell_.encode(encoder, "Value");
    lock_.encode(encoder);
    encoder.natural(static_cast<std::uint64_t>(object_));
  }
  static Value decode(Decoder& decoder) {
    auto cell = SharedBlock<Cell<T>>::decode(decoder);
    RLock lock = RLock::decode(decoder);
    return Value(std::move(cell), std::move(lock), ObjectId{codec<std::uint32_t>::decode(decoder)});
  }

 private:
  Value(SharedBlock<Cell<T>> cell, RLock lock, ObjectId object)
      : cell_(std::move(cell)), lock_(std::move(lock)), object_(object), claim_(os(), object) {}

  static std::string describe_cell(const void* value) { return describe(*static_cast<const T*>(value)); }

  SharedBlock<Cell<T>> cell_;
  RLock lock_;
  ObjectId object_;
  Claim claim_;
};

}  // namespace mp
