// Mutual exclusion over one Word: the mechanism below Lock and every lock that a primitive keeps for itself
// (a queue's reader lock, a manager's request lock). It says nothing to the Os about itself: whoever uses it
// tells the story of its own operation.
//
// The word is 0 when free, 1 when held, 2 when held and somebody may sleep on it (the third mutex of
// U. Drepper, "Futexes are tricky", 2011). Uncontended, acquire is one Os call and release is one. A taker
// that slept takes the lock with 2, since it cannot know whether others sleep; a taker whose time ran out
// leaves the 2 behind, which costs the holder one wake-up of nobody.
//
// No owner, no fairness, not recursive. Not robust: a holder that is killed leaves it held (LOCK-06), and a
// taker that is killed after it was woken and before it took the lock takes its wake-up along, as with sem_t.
// To wake more than one would not cure that while a kill between the release and the wake-up has the same
// effect; OwnedLock cures both.
#pragma once

#include <type_traits>

#include <mp/os/os.hpp>

namespace mp {

class FutexLock {
 public:
  /// True: held now. False: not before the deadline; `immediately` makes one attempt.
  bool acquire(Os& os, Instant deadline = never) {
    return os.compare_exchange(word_, vacant, held) == vacant || await(os, deadline);
  }
  /// False, and nothing has changed, if nobody held it. The test and the release are one exchange, so of two
  /// concurrent releases of one acquire exactly one succeeds (the cure of BSEM-02 for a Lock).
  bool release(Os& os) {
    const std::uint32_t found = os.exchange(word_, vacant);
    if (found == contended) os.word_wake(word_, 1);
    return found != vacant;
  }

 private:
  static constexpr std::uint32_t vacant = 0;
  static constexpr std::uint32_t held = 1;
  static constexpr std::uint32_t contended = 2;

  bool await(Os& os, Instant deadline);

  Word word_;
};

static_assert(sizeof(FutexLock) == 4 && std::is_standard_layout_v<FutexLock>);

/// Holds a FutexLock for a scope.
class FutexGuard {
 public:
  enum class Adopt : std::uint8_t { already_held };
  FutexGuard(Os& os, FutexLock& lock) : os_(os), lock_(lock) { lock_.acquire(os_); }
  FutexGuard(Os& os, FutexLock& lock, Adopt) : os_(os), lock_(lock) {}
  ~FutexGuard() { lock_.release(os_); }
  FutexGuard(const FutexGuard&) = delete;
  FutexGuard& operator=(const FutexGuard&) = delete;

 private:
  Os& os_;
  FutexLock& lock_;
};

}  // namespace mp
