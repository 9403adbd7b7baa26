// A condition variable that processes share, over a Lock or an RLock that it is used with. Who waits stands
// in a WaitRing in a shared block; that file argues why notify is exact and never hangs.
//
// Rows met: COND-01..08, COND-10 (what can be thrown while it waits is a robust lock's OwnerDied, with the
// lock held), COND-13; COND-09 more strictly: a waiter that was notified before its time ran out returns
// true; COND-11 and COND-12 cured: notify does not wait for those it chose, so it may spend a notification on
// a process that was killed. Over a robust lock no kill hangs anybody but those who wait for the victim.
#pragma once

#include <concepts>

#include <mp/os/operation.hpp>
#include <mp/shared/name_option.hpp>
#include <mp/sync/lock.hpp>
#include <mp/sync/wait_ring.hpp>

namespace mp {

class Condition {
 public:
  /// With an RLock of its own (COND-01).
  explicit Condition(NameOption options = {}, Location where = Location::current());
  /// With a lock that others may use as well. The lock's handle may go away before the Condition's.
  template <Recursion recursion>
  explicit Condition(LockHandle<recursion>& lock, NameOption options = {},
                     Location where = Location::current())
      : Condition(lock.core(), options, where) {}

  Condition(Condition&&) noexcept = default;
  Condition& operator=(Condition&&) noexcept = default;
  ~Condition() = default;

  /// The lock's own (LOCK-01, LOCK-03, RLOCK-02).
  bool acquire(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current());
  void release(Location where = Location::current());

  /// Releases the lock on all levels, waits to be notified for at most `timeout` seconds, and takes the lock
  /// back, however long that takes. True: notified. Zero and below: false, but others had the lock meanwhile
  /// (COND-03). AssertionError: the caller does not hold the lock. OSError (EAGAIN): 256 tasks wait already,
  /// or were killed while they waited. OwnerDied: as from the lock's acquire, whether notified or not.
  bool wait(Timeout timeout = std::nullopt, Location where = Location::current());

  /// Waits until `predicate` holds, evaluating it with the lock held, for at most `timeout` seconds in all;
  /// gives its last value. A predicate that holds at once needs no lock (COND-02, COND-07).
  template <std::predicate Predicate>
  bool wait_for(Predicate predicate, Timeout timeout = std::nullopt, Location where = Location::current()) {
    const Instant deadline = deadline_after(os(), timeout);
    while (!predicate()) {
      if (has_passed(deadline)) return false;
      wait_until(deadline, where);
    }
    return true;
  }

  /// Wakes at most `count` of those that wait now; none for zero and below. They return once the caller has
  /// released the lock (COND-05, COND-08). AssertionError: the caller does not hold the lock.
  void notify(int count = 1, Location where = Location::current());
  /// Wakes all that wait now (COND-06). AssertionError: the caller does not hold the lock.
  void notify_all(Location where = Location::current());

  ObjectId object() const { return object_; }
  /// RuntimeError except for a child being born (LOCK-08).
  void encode(Encoder& encoder) const;
  static Condition decode(Decoder& decoder);

 private:
  Condition(const LockCore& lock, NameOption options, Location where);
  Condition(LockCore lock, SharedBlock<WaitRing> ring, ObjectId object);

  static bool has_passed(Instant deadline);
  bool wait_until(Instant deadline, Location where);
  void notify_some(Verb verb, std::uint32_t count, Location where);
  void demand_held(Os& os, const char* words, Location where) const;

  LockCore lock_;
  SharedBlock<WaitRing> ring_;
  ObjectId object_;
  Claim lock_claim_;
  Claim claim_;
};

}  // namespace mp
