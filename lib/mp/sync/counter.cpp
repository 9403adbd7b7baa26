// What a taker does that found nothing.
#include <mp/sync/counter.hpp>

namespace mp {

bool Counter::await(Os& os, Instant deadline) {
  if (deadline == immediately) return false;
  do {
    // Announce first, sleep second. A releaser that sees no sleepers does not wake anyone, so the other
    // order loses the wake-up of a taker that is between its check and its sleep. A release between the
    // check and the announcement is no loss: the word then is not 0 and the sleep does not begin.
    os.fetch_add(sleepers_, 1);
    const Result<void> woken = os.word_wait(value_, 0, deadline);
    os.fetch_add(sleepers_, static_cast<std::uint32_t>(-1));
    if (!woken && woken.error().value == ETIMEDOUT) return false;
  } while (!try_acquire(os));
  return true;
}

}  // namespace mp
