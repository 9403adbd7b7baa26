// A semaphore whose value never exceeds the one it began with, so that a release too many is an error where
// it happens and not a permit too many somewhere else.
//
// Rows met: BSEM-01; BSEM-02 cured: the check and the addition are one compare-and-exchange; BSEM-03 (it is
// enforced whatever the bound). acquire as LOCK-01.
#pragma once

#include <mp/sync/semaphore.hpp>

namespace mp {

class BoundedSemaphore {
 public:
  /// `value` acquires succeed before one waits, and is the bound: 0..2^31-1. OSError (EINVAL) below 0. Of one
  /// made with 0 every release fails.
  explicit BoundedSemaphore(int value = 1, NameOption options = {}, Location where = Location::current())
      : BoundedSemaphore(Semaphore(value, options, where), value) {}

  /// True: took one. False: not in time. Parameters as for Lock::acquire.
  bool acquire(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current()) {
    return semaphore_.acquire(block, timeout, where);
  }
  /// Gives one, whoever took it. ValueError, and nothing has changed, if none is taken (BSEM-01).
  void release(Location where = Location::current()) { semaphore_.release_below(bound_, where); }
  /// How many acquires would succeed now; out of date as soon as it is known.
  int get_value(Location where = Location::current()) const { return semaphore_.get_value(where); }

  ObjectId object() const { return semaphore_.object(); }
  /// RuntimeError except for a child being born (LOCK-08).
  void encode(Encoder& encoder) const;
  static BoundedSemaphore decode(Decoder& decoder);

 private:
  BoundedSemaphore(Semaphore semaphore, int bound) : semaphore_(std::move(semaphore)), bound_(bound) {}

  Semaphore semaphore_;
  int bound_;
};

}  // namespace mp
