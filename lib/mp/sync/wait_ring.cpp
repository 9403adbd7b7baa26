// The ring's four moves.
#include <mp/sync/wait_ring.hpp>

namespace mp {

namespace {
constexpr std::uint32_t vacant = 0;
constexpr std::uint32_t waiting = 1;
constexpr std::uint32_t notified = 2;
}  // namespace

std::optional<std::uint32_t> WaitRing::enter(Os& os) {
  const std::uint32_t first = os.load(next_);
  for (std::uint32_t ticket = first; ticket - first < size; ++ticket) {
    // Once per round: a span of one whole ring has every word in it, so it need not grow beyond, and the
    // tickets cannot overtake themselves modulo 2^32.
    if (ticket % size == 0 && ticket - os.load(oldest_) > size) os.store(oldest_, ticket - size);
    if (os.compare_exchange(word_of(ticket), vacant, waiting) != vacant) continue;
    os.store(next_, ticket + 1);
    return ticket;
  }
  return std::nullopt;
}

void WaitRing::sleep(Os& os, std::uint32_t ticket, Instant deadline) {
  Word& word = word_of(ticket);
  do {
    if (!os.word_wait(word, waiting, deadline)) return;  // already notified, or out of time
  } while (os.load(word) == waiting);
}

bool WaitRing::leave(Os& os, std::uint32_t ticket) {
  return os.exchange(word_of(ticket), vacant) == notified;
}

std::uint32_t WaitRing::notify(Os& os, std::uint32_t count) {
  const std::uint32_t next = os.load(next_);
  std::uint32_t ticket = os.load(oldest_);
  if (ticket == next) return 0;
  std::uint32_t reached = 0;
  for (; ticket != next && reached < count; ++ticket) {
    Word& word = word_of(ticket);
    const std::uint32_t found = os.compare_exchange(word, waiting, notified);
    if (found == vacant) continue;
    if (found == waiting) ++reached;
    os.word_wake(word, 1);  // also one that a notifier chose which was killed before it woke it
  }
  os.store(oldest_, ticket);
  return reached;
}

}  // namespace mp
