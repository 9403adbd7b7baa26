// A counting semaphore that processes share.
//
// Rows met: SEM-01 (a value above 2^31-1 does not fit the parameter), SEM-02, SEM-03; acquire as LOCK-01.
#pragma once

#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/shared/name_option.hpp>
#include <mp/shared/shared_block.hpp>
#include <mp/sync/counter.hpp>

namespace mp {

class Semaphore {
 public:
  /// `value` acquires succeed before one waits: 0..2^31-1. OSError (EINVAL) below 0.
  explicit Semaphore(int value = 1, NameOption options = {}, Location where = Location::current());

  Semaphore(Semaphore&&) noexcept = default;
  Semaphore& operator=(Semaphore&&) noexcept = default;
  ~Semaphore() = default;

  /// True: took one. False: not in time. Parameters as for Lock::acquire.
  bool acquire(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current());
  /// Gives one, whoever took it. ValueError if the value is 2^31-1.
  void release(Location where = Location::current());
  /// How many acquires would succeed now; out of date as soon as it is known.
  int get_value(Location where = Location::current()) const;

  ObjectId object() const { return object_; }
  /// RuntimeError except for a child being born (LOCK-08).
  void encode(Encoder& encoder) const;
  static Semaphore decode(Decoder& decoder);

 private:
  friend class BoundedSemaphore;  // the same with a bound

  Semaphore(SharedBlock<Counter> counter, ObjectId object);
  /// Gives one. ValueError, and nothing has changed, if the value is `max` or more.
  void release_below(int max, Location where);
  void encode_as(Encoder& encoder, std::string_view what) const;

  SharedBlock<Counter> counter_;
  ObjectId object_;
  Claim claim_;
};

}  // namespace mp
