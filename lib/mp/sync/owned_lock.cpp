// The lock whose word names its holder.
#include <mp/sync/owned_lock.hpp>

#include <limits>

namespace mp {

namespace {

constexpr std::uint32_t vacant = 0;
constexpr std::uint32_t contended = 0x80000000;
constexpr std::uint32_t nobody = 0x7fffffff;  // no system gives its processes so great an id

// Ids are positive and signed, so the top bit is free whatever the greatest id of the system is.
static_assert(std::numeric_limits<std::underlying_type_t<ProcessId>>::max() < contended);

ProcessId holder_in(std::uint32_t word) {
  return static_cast<ProcessId>(static_cast<std::int32_t>(word & ~contended));
}

}  // namespace

OwnedLock::Outcome OwnedLock::acquire(Os& os, Instant deadline) {
  auto mine = static_cast<std::uint32_t>(os.process_id());
  while (true) {
    std::uint32_t seen = os.compare_exchange(word_, vacant, mine);
    if (seen == vacant) return Outcome::acquired;
    // Announce first, sleep second: a releaser that does not find the bit wakes nobody. A single attempt
    // does not sleep and needs no wake-up.
    if (deadline != immediately && (seen & contended) == 0) {
      if (os.compare_exchange(word_, seen, seen | contended) != seen) continue;
      seen |= contended;
    }
    const Result<void> woken = os.word_wait(word_, seen, deadline, holder_in(seen));
    mine |= contended;
    if (woken) continue;
    if (woken.error().value == ETIMEDOUT) return Outcome::timed_out;
    // The dead one may have released it before it died: then the word is another, and the lock not damaged.
    if (woken.error().value == EOWNERDEAD && os.compare_exchange(word_, seen, mine) == seen)
      return Outcome::owner_died_acquired;
  }
}

bool OwnedLock::release(Os& os) {
  const std::uint32_t found = os.exchange(word_, vacant);
  if ((found & contended) != 0) os.word_wake(word_, 1);
  return found != vacant;
}

void OwnedLock::abandon(Os& os) {
  const std::uint32_t found = os.exchange(word_, nobody);
  if ((found & contended) != 0) os.word_wake(word_, std::numeric_limits<int>::max());
}

ProcessId OwnedLock::holder(Os& os) const { return holder_in(os.load(word_)); }

}  // namespace mp
