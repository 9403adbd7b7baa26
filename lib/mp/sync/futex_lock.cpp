// The three-state mutex.
#include <mp/sync/futex_lock.hpp>

namespace mp {

namespace {
constexpr std::uint32_t vacant = 0;
constexpr std::uint32_t held = 1;
constexpr std::uint32_t contended = 2;
}  // namespace

bool FutexLock::acquire(Os& os, Instant deadline) {
  if (os.compare_exchange(word_, vacant, held) == vacant) return true;
  if (deadline == immediately) return false;
  // Announce by writing 2 before each sleep. A releaser that finds 1 wakes nobody, so whoever sleeps must
  // have seen its own 2 (or another's) in the word; the exchange that finds 0 has the lock.
  while (os.exchange(word_, contended) != vacant) {
    const Result<void> woken = os.word_wait(word_, contended, deadline);
    if (!woken && woken.error().value == ETIMEDOUT) return false;
  }
  return true;
}

bool FutexLock::release(Os& os) {
  const std::uint32_t found = os.exchange(word_, vacant);
  if (found == contended) os.word_wake(word_, 1);
  return found != vacant;
}

}  // namespace mp
