// What a taker does that found the lock held.
#include <mp/sync/futex_lock.hpp>

namespace mp {

bool FutexLock::await(Os& os, Instant deadline) {
  if (deadline == immediately) return false;
  // Announce by writing 2 before each sleep. A releaser that finds 1 wakes nobody, so whoever sleeps must
  // have seen its own 2 (or another's) in the word; the exchange that finds 0 has the lock.
  while (os.exchange(word_, contended) != vacant) {
    const Result<void> woken = os.word_wait(word_, contended, deadline);
    if (!woken && woken.error().value == ETIMEDOUT) return false;
  }
  return true;
}

}  // namespace mp
