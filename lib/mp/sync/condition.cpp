// The Condition handle over a lock and a WaitRing.
#include <mp/sync/condition.hpp>

#include <limits>

#include <mp/errors.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

Condition::Condition(NameOption options, Location where)
    : Condition(LockCore(os(), Recursion::allowed, {}, where), options, where) {}

Condition::Condition(const LockCore& lock, NameOption options, Location where)
    : Condition{lock, SharedBlock<WaitRing>(), announce(os(), ObjectKind::condition, options.name, where)} {}

Condition::Condition(LockCore lock, SharedBlock<WaitRing> ring, ObjectId object)
    : lock_(std::move(lock)),
      ring_(std::move(ring)),
      object_(object),
      lock_claim_(os(), lock_.object()),
      claim_(os(), object) {}

bool Condition::acquire(bool block, Timeout timeout, Location where) {
  return lock_.acquire(os(), block, timeout, where);
}

void Condition::release(Location where) { lock_.release(os(), where); }

bool Condition::wait(Timeout timeout, Location where) {
  return wait_until(deadline_after(os(), timeout), where);
}

bool Condition::has_passed(Instant deadline) {
  if (deadline == never) return false;
  return deadline == immediately || os().now() >= deadline;
}

void Condition::demand_held(Os& os, const char* words, Location where) const {
  if (lock_.is_held_here(os)) return;
  report_misuse(os, ObjectKind::condition, object_, "condition-without-lock", words, where);
  throw AssertionError(words);
}

bool Condition::wait_until(Instant deadline, Location where) {
  Os& here = os();
  Operation operation(here, Verb::wait, ObjectKind::condition, object_, where, lock_.object());
  demand_held(here, "must acquire() condition before using wait()", where);
  const std::optional<std::uint32_t> ticket = ring_->enter(here);
  if (!ticket) throw_os_error({EAGAIN}, "too many tasks wait on one condition");
  const std::uint32_t depth = lock_.let_go(here);
  ring_->sleep(here, *ticket, deadline);
  const bool in_order = lock_.take_back(here, depth);
  const bool notified = ring_->leave(here, *ticket);
  if (notified) operation.succeed();
  if (!in_order) {
    operation.succeed(-1);  // as an acquire says it
    throw OwnerDied(owner_died_words);
  }
  return notified;
}

void Condition::notify(int count, Location where) {
  notify_some(Verb::notify, count > 0 ? static_cast<std::uint32_t>(count) : 0, where);
}

void Condition::notify_all(Location where) {
  notify_some(Verb::notify_all, std::numeric_limits<std::uint32_t>::max(), where);
}

// The operation's number is how many were notified: 0 is a notification that nobody will ever see.
void Condition::notify_some(Verb verb, std::uint32_t count, Location where) {
  Os& here = os();
  Operation operation(here, verb, ObjectKind::condition, object_, where, lock_.object());
  demand_held(here, "lock is not owned", where);
  operation.succeed(ring_->notify(here, count));
}

void Condition::encode(Encoder& encoder) const {
  encoder.boolean(lock_.recursion() == Recursion::allowed);
  lock_.encode(encoder, "Condition");
  ring_.encode(encoder, "Condition");
  encode_object(encoder, object_);
}

Condition Condition::decode(Decoder& decoder) {
  const Recursion recursion = decoder.boolean() ? Recursion::allowed : Recursion::forbidden;
  LockCore lock = LockCore::decode(decoder, recursion);
  SharedBlock<WaitRing> ring = SharedBlock<WaitRing>::decode(decoder);
  return Condition(std::move(lock), std::move(ring), decode_object(decoder));
}

}  // namespace mp
