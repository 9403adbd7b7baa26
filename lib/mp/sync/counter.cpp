// The semaphore's two loops.
#include <mp/sync/counter.hpp>

namespace mp {

bool Counter::try_acquire(Os& os) {
  std::uint32_t seen = os.load(value_);
  while (seen > 0) {
    const std::uint32_t found = os.compare_exchange(value_, seen, seen - 1);
    if (found == seen) return true;
    seen = found;
  }
  return false;
}

bool Counter::acquire(Os& os, Instant deadline) {
  while (!try_acquire(os)) {
    if (deadline == immediately) return false;
    // Announce first, sleep second. A releaser that sees no sleepers does not wake anyone, so the other
    // order loses the wake-up of a taker that is between its check and its sleep. A release between the
    // check and the announcement is no loss: the word then is not 0 and the sleep does not begin.
    os.fetch_add(sleepers_, 1);
    const Result<void> woken = os.word_wait(value_, 0, deadline);
    os.fetch_add(sleepers_, static_cast<std::uint32_t>(-1));
    if (!woken && woken.error().value == ETIMEDOUT) return false;
  }
  return true;
}

bool Counter::release(Os& os, std::uint32_t max) {
  std::uint32_t seen = os.load(value_);
  while (true) {
    if (seen >= max) return false;
    const std::uint32_t found = os.compare_exchange(value_, seen, seen + 1);
    if (found == seen) break;
    seen = found;
  }
  if (os.load(sleepers_) > 0) os.word_wake(value_, 1);
  return true;
}

}  // namespace mp
