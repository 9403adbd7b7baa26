// Mutual exclusion over one Word that names its holder's process, so that a holder that has ended is noticed
// and the lock taken over: the mechanism below robust locks and whatever a primitive must not lose with a
// killed process. Like FutexLock it says nothing to the Os about itself.
//
// The word is 0 when free, else the holder's process id, with the top bit set when somebody may sleep on it.
// Uncontended, acquire is one Os call on the word and release is one. A taker that finds it held sets the bit
// in the very value that it saw, sleeps while the word has that value, and watches the holder meanwhile
// (word_wait with an owner). Once the holder has ended it puts its own id in place of that value: one
// compare-and-exchange, so exactly one taker wins and is told; the others find the lock held.
//
// A release wakes one sleeper. Whoever has slept takes the lock with the bit set, since it cannot know
// whether others sleep; so the bit is there whenever somebody sleeps and nobody has been woken.
//
// No kill of anybody, between any two Os calls, makes a taker sleep for ever on a lock that it could have:
//   - a holder killed before its release is taken over;
//   - a holder killed between its release and the wake-up, and a taker killed between being woken and taking
//     the lock, take a wake-up along; but every sleeper watches an owner, and such a wait ends too when the
//     word has another value than the one that it began with (Os page).
// The price is paid there alone: some milliseconds until a sleeper looks where the Os cannot wait for word
// and process at once.
//
// Not promised: fairness, recursion, who may release (anybody: it is the caller's to check). What ends is a
// process: a thread that ends while it holds the lock leaves it held while its process lives. The id of a
// dead holder that the system gives to a new process counts as alive until that one ends too.
#pragma once

#include <cstdint>
#include <type_traits>

#include <mp/os/os.hpp>

namespace mp {

class OwnedLock {
 public:
  enum class Outcome : std::uint8_t {
    acquired,
    owner_died_acquired,  // held now; the process that held it before ended without releasing it
    timed_out,
  };

  /// `immediately` makes one attempt, which also takes over from the dead.
  Outcome acquire(Os& os, Instant deadline = never);
  /// False, and nothing has changed, if nobody held it. One exchange, as FutexLock's.
  bool release(Os& os);
  /// Gives it up as a holder that dies: the next taker is told that the owner died, at once.
  void abandon(Os& os);
  /// The process that holds it at this moment, alive or not; none if it is free.
  ProcessId holder(Os& os) const;

 private:
  Word word_;  // 0, or the holder's id below `contended`; an id that no process has when it was abandoned
};

static_assert(sizeof(OwnedLock) == 4 && std::is_standard_layout_v<OwnedLock>);

}  // namespace mp
