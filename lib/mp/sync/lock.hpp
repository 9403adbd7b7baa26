// Lock and RLock: mutual exclusion between tasks of any processes that share the handle. Everything is in
// LockCore; the two handles differ in whether the holder may acquire again.
//
// Rows met: LOCK-01..06, LOCK-08, LOCK-10..12, RLOCK-01..05. A holder that is killed leaves the lock held
// (LOCK-06), unless it was made robust: then whoever acquires next has it and gets OwnerDied, and from its
// release on the lock is as ever. A thread that ends as holder leaves any lock held while its process lives.
// LOCK-07 (interruption by SIGINT) does not apply: no exception comes out of a signal handler.
#pragma once

#include <mp/os/operation.hpp>
#include <mp/sync/lock_core.hpp>

namespace mp {

struct LockOptions {
  std::string_view name = {};  // read during construction only
  bool robust = false;         // a lock whose holder's process has ended can be acquired, with OwnerDied
};

template <Recursion recursion>
class LockHandle {
 public:
  /// Free when new. OSError if the machine refuses the memory.
  explicit LockHandle(LockOptions options = {}, Location where = Location::current())
      : LockHandle(LockCore(os(), recursion, options.name, where,
                            options.robust ? Robustness::robust : Robustness::plain)) {}

  LockHandle(LockHandle&&) noexcept = default;
  LockHandle& operator=(LockHandle&&) noexcept = default;
  ~LockHandle() = default;

  /// True: the caller holds it now. False: not in time. `timeout` in seconds: absent waits for ever, zero and
  /// below make one attempt; unless `block`, one attempt whatever the timeout. A Lock's holder waits like
  /// everybody else (LOCK-04), an RLock's succeeds at once (RLOCK-01). OwnerDied, of a robust lock: the
  /// caller holds it now and releases it as always; what it protects may be half-way through a change.
  bool acquire(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current()) {
    return core_.acquire(os(), block, timeout, where);
  }
  /// A Lock may be released by any task of any process (LOCK-02); ValueError if nobody holds it (LOCK-03). An
  /// RLock by its owner, as often as it acquired; AssertionError otherwise (RLOCK-02).
  void release(Location where = Location::current()) { core_.release(os(), where); }

  const LockCore& core() const { return core_; }
  ObjectId object() const { return core_.object(); }

  /// RuntimeError except for a child being born (LOCK-08).
  void encode(Encoder& encoder) const {
    core_.encode(encoder, recursion == Recursion::allowed ? "RLock" : "Lock");
  }
  static LockHandle decode(Decoder& decoder) { return LockHandle(LockCore::decode(decoder, recursion)); }

 private:
  explicit LockHandle(LockCore core) : core_(std::move(core)), claim_(os(), core_.object()) {}

  LockCore core_;
  Claim claim_;
};

using Lock = LockHandle<Recursion::forbidden>;
using RLock = LockHandle<Recursion::allowed>;

extern template class LockHandle<Recursion::forbidden>;
extern template class LockHandle<Recursion::allowed>;

}  // namespace mp
