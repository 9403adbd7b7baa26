// Acquiring and releasing by either kind of lock.
#include <mp/sync/lock_core.hpp>

#include <mp/errors.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

constexpr const char* over_release = "semaphore or lock released too many times";
constexpr const char* foreign_release = "attempt to release recursive lock not owned by thread";

// The number of an acquire by which the caller learns that the holder has died.
constexpr std::int64_t taken_over = -1;

}  // namespace

LockCore::LockCore(Os& os, Recursion recursion, std::string_view name, Location where, Robustness robustness)
    : identity_(draw_lock_identity(os)),
      object_(announce(os, ObjectKind::lock, name, where, ObjectId::none,
                       recursion == Recursion::allowed ? 1 : 0)),
      recursion_(recursion),
      robustness_(robustness) {}

std::uint32_t LockCore::held_depth_here(Os& os) const { return held_depth(os, identity_); }

bool LockCore::acquire(Os& os, bool block, Timeout timeout, Location where) const {
  Operation operation(os, Verb::acquire, ObjectKind::lock, object_, where);
  const std::uint32_t depth = recursion_ == Recursion::allowed ? held_depth_here(os) : 0;
  const OwnedLock::Outcome taken =
      depth > 0 ? OwnedLock::Outcome::acquired : take(os, deadline_of(os, block, timeout));
  if (taken == OwnedLock::Outcome::timed_out) return false;
  set_held_depth(os, identity_, depth + 1);
  if (taken == OwnedLock::Outcome::owner_died_acquired) {
    operation.succeed(taken_over);
    throw OwnerDied(owner_died_words);
  }
  operation.succeed(depth + 1);
  return true;
}

void LockCore::release(Os& os, Location where) const {
  Operation operation(os, Verb::release, ObjectKind::lock, object_, where);
  const std::uint32_t depth = recursion_ == Recursion::allowed ? held_depth_here(os) : 1;
  if (depth == 0) {
    report_misuse(os, ObjectKind::lock, object_, "rlock-foreign-release", foreign_release, where);
    throw AssertionError(foreign_release);
  }
  if (depth > 1) {
    set_held_depth(os, identity_, depth - 1);
    operation.succeed(depth - 1);
    return;
  }
  // Off the list first: from the release on, the task may be killed or the lock be another's.
  set_held_depth(os, identity_, 0);
  if (!give(os)) {
    report_misuse(os, ObjectKind::lock, object_, "lock-over-release", over_release, where);
    throw ValueError(over_release);
  }
  operation.succeed();
}

std::uint32_t LockCore::let_go(Os& os) const {
  const std::uint32_t depth = held_depth_here(os);
  set_held_depth(os, identity_, 0);
  // A Lock may have been released by somebody else since; then there is nothing left to let go.
  static_cast<void>(give(os));
  return depth;
}

bool LockCore::take_back(Os& os, std::uint32_t depth) const {
  const OwnedLock::Outcome taken = take(os, never);
  set_held_depth(os, identity_, depth);
  return taken == OwnedLock::Outcome::acquired;
}

void LockCore::encode(Encoder& encoder, std::string_view what) const {
  state_.encode(encoder, what);
  encoder.natural(static_cast<std::uint64_t>(identity_));
  encode_object(encoder, object_);
  encoder.boolean(robustness_ == Robustness::robust);
}

LockCore LockCore::decode(Decoder& decoder, Recursion recursion) {
  SharedBlock<LockState> state = SharedBlock<LockState>::decode(decoder);
  const LockIdentity identity{decoder.natural()};
  const ObjectId object = decode_object(decoder);
  const Robustness robustness = decoder.boolean() ? Robustness::robust : Robustness::plain;
  return LockCore(std::move(state), identity, object, recursion, robustness);
}

}  // namespace mp
