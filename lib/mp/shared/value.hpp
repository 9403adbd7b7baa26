// One number that processes share: Value with a lock, RawValue without. Reading a Value is one operation and
// writing it another, each of which takes the lock; `v.value() += 1` is one of each with the lock free
// between them (VAL-05), so a program that means to count holds get_lock() around it.
//
// Rows met: VAL-01..08, RAW-01. Any trivially copyable type with a codec stands where Python has typecodes:
// an unknown code does not compile. Integers that do not fit wrap modulo 2^n; a real does not become an
// integer, which does not compile either (VAL-02). With a Lock of the caller's, an access by the task that
// holds it waits for ever (VAL-06); with the RLock that is the default it does not.
#pragma once

#include <span>
#include <utility>

#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/shared/data_lock.hpp>
#include <mp/shared/element_reference.hpp>
#include <mp/shared/name_option.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/shared_block.hpp>

namespace mp {

/// The storage without a lock. What tasks do to it at one time must be ordered by the program: an access is a
/// copy of bytes, of which another may see half.
template <Element T>
class RawValue {
 public:
  /// OSError if the machine refuses the memory.
  // Braces: the memory is taken before the object is told, whatever the compiler.
  explicit RawValue(NameOption options = {}, Location where = Location::current())
      : RawValue{SharedBytes(sizeof(T)), announce(os(), ObjectKind::value, options.name, where)} {}
  template <StorableAs<T> U>
  explicit RawValue(U initial, NameOption options = {}, Location where = Location::current())
      : RawValue(options, where) {
    // Nobody else can see it yet, so this is no operation.
    const T value = static_cast<T>(initial);
    os().store_cell(bytes_.address(), std::as_bytes(std::span(&value, 1)));
  }

  RawValue(RawValue&&) noexcept = default;
  RawValue& operator=(RawValue&&) noexcept = default;
  ~RawValue() = default;

  /// To read or to assign; at once.
  ElementReference<T> value(Location where = Location::current()) { return reference(nullptr, where); }

  ObjectId object() const { return object_; }
  /// RuntimeError except for a child being born (VAL-08).
  void encode(Encoder& encoder) const {
    bytes_.encode(encoder, "RawValue");
    encode_object(encoder, object_);
  }
  static RawValue decode(Decoder& decoder) {
    SharedBytes bytes = SharedBytes::decode(decoder);
    return RawValue(std::move(bytes), decode_object(decoder));
  }

 private:
  template <Element U>
  friend class Value;

  RawValue(SharedBytes bytes, ObjectId object)
      : bytes_(std::move(bytes)), object_(object), claim_(os(), object) {}

  ElementReference<T> reference(const LockCore* lock, Location where) {
    return ElementReference<T>({.lock = lock,
                                .kind = ObjectKind::value,
                                .object = object_,
                                .range = {.first = bytes_.address(), .element_bytes = sizeof(T)},
                                .describe = &detail::describe_elements<T>},
                               where);
  }

  SharedBytes bytes_;
  ObjectId object_;
  Claim claim_;
};

template <Element T>
class Value {
 public:
  /// Zero. OSError if the machine refuses the memory.
  explicit Value(DataOptions options = {}, Location where = Location::current())
      : raw_({options.name}, where), lock_(options.lock.lock_for(options.name, where)) {}
  template <StorableAs<T> U>
  explicit Value(U initial, DataOptions options = {}, Location where = Location::current())
      : raw_(initial, {options.name}, where), lock_(options.lock.lock_for(options.name, where)) {}

  Value(Value&&) noexcept = default;
  Value& operator=(Value&&) noexcept = default;
  ~Value() = default;

  /// To read or to assign; waits while another task holds the lock (VAL-04). OwnerDied, of a robust lock
  /// whose holder died: nothing was read or assigned, and the lock is free again.
  ElementReference<T> value(Location where = Location::current()) {
    return raw_.reference(&lock_.core(), where);
  }
  /// The lock of this value (VAL-03). It lives as long as the Value.
  DataLock& get_lock() { return lock_; }
  /// The same storage without the lock (VAL-07). It lives as long as the Value.
  RawValue<T>& get_obj() { return raw_; }
  /// The lock's own, so that a Value may be the subject of a With (VAL-04).
  bool acquire(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current()) {
    return lock_.acquire(block, timeout, where);
  }
  void release(Location where = Location::current()) { lock_.release(where); }

  ObjectId object() const { return raw_.object(); }
  /// RuntimeError except for a child being born (VAL-08).
  void encode(Encoder& encoder) const {
    raw_.encode(encoder);
    lock_.encode(encoder);
  }
  static Value decode(Decoder& decoder) {
    RawValue<T> raw = RawValue<T>::decode(decoder);
    return Value(std::move(raw), DataLock::decode(decoder));
  }

 private:
  Value(RawValue<T> raw, DataLock lock) : raw_(std::move(raw)), lock_(std::move(lock)) {}

  RawValue<T> raw_;
  DataLock lock_;
};

}  // namespace mp
