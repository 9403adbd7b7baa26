// What Lock and RLock have in common, and what a Condition needs to know of either: the shared state, the
// object's name for reports, and whether the holder may acquire again. Every call here is a whole operation
// that tells the Os about itself, except `let_go` and `take_back`, which are parts of a Condition's wait.
//
// Copies mean the same lock; the state is there while one of them is.
#pragma once

#include <cstdint>

#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/shared/shared_block.hpp>
#include <mp/sync/futex_lock.hpp>
#include <mp/sync/held_locks.hpp>
#include <mp/sync/owned_lock.hpp>

namespace mp {

enum class Recursion : std::uint8_t { forbidden, allowed };

/// What becomes of the lock when its holder's process ends: it stays held (LOCK-06), or whoever acquires next
/// has it and gets OwnerDied.
enum class Robustness : std::uint8_t { plain, robust };

/// One of the two is in use, for as long as the lock exists.
struct LockState {
  FutexLock plain;
  OwnedLock robust;
};

/// The deadline that `block` and `timeout` of a blocking call mean together (contract: the TO rule).
inline Instant deadline_of(Os& os, bool block, Timeout timeout) {
  if (!block) return immediately;
  return timeout ? deadline_after(os, timeout) : never;
}

/// What an OwnerDied of a lock says.
inline constexpr const char* owner_died_words = "the process that held the lock ended without releasing it";

class LockCore {
 public:
  LockCore(Os& os, Recursion recursion, std::string_view name, Location where,
           Robustness robustness = Robustness::plain);

  /// OwnerDied: the caller holds it.
  bool acquire(Os& os, bool block, Timeout timeout, Location where) const;
  /// Lock: ValueError if nobody holds it (LOCK-03). RLock: AssertionError unless the caller owns it.
  void release(Os& os, Location where) const;

  bool is_held_here(Os& os) const { return held_depth_here(os) > 0; }
  /// Releases every level the caller holds and says how many those were. It holds the lock.
  std::uint32_t let_go(Os& os) const;
  /// Waits for the lock and restores that many levels. False: it has it from a holder that died.
  bool take_back(Os& os, std::uint32_t depth) const;

  ObjectId object() const { return object_; }
  Recursion recursion() const { return recursion_; }

  void encode(Encoder& encoder, std::string_view what) const;
  static LockCore decode(Decoder& decoder, Recursion recursion);

 private:
  LockCore(SharedBlock<LockState> state, LockIdentity identity, ObjectId object, Recursion recursion,
           Robustness robustness)
      : state_(std::move(state)),
        identity_(identity),
        object_(object),
        recursion_(recursion),
        robustness_(robustness) {}
  std::uint32_t held_depth_here(Os& os) const;
  OwnedLock::Outcome take(Os& os, Instant deadline) const {
    if (robustness_ == Robustness::robust) return state_->robust.acquire(os, deadline);
    return state_->plain.acquire(os, deadline) ? OwnedLock::Outcome::acquired : OwnedLock::Outcome::timed_out;
  }
  bool give(Os& os) const {
    return robustness_ == Robustness::robust ? state_->robust.release(os) : state_->plain.release(os);
  }

  SharedBlock<LockState> state_;
  LockIdentity identity_;
  ObjectId object_;
  Recursion recursion_;
  Robustness robustness_;
};

}  // namespace mp
