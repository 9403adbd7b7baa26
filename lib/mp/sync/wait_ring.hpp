// Who waits on a condition: a ring of Words, one per waiter, in the order of arrival. Every call but sleep is
// made while holding the condition's lock; sleep while not. Like FutexLock it tells the Os nothing.
//
// A waiter draws the next ticket and owns the word `ticket mod size` until it leaves: waiting, then perhaps
// notified. A notifier goes through the words of the tickets from the oldest that it has not yet passed to
// the newest drawn, makes `waiting` words `notified` and wakes the one task that sleeps on each. So:
//   - notify(n) chooses at most n of those that wait now and says so to each. One that arrives later cannot
//     take what was meant for another, as it could from a common count of permits (COND-05);
//   - a notification for which nobody waits changes nothing, so it is not remembered (COND-05);
//   - a notifier waits for no answer, so a waiter that was killed cannot hang it (the cure of COND-11 and
//     COND-12). The notification spent on the dead one is lost: nobody can tell it from one about to run;
//   - a waiter whose time ran out leaves under the lock. If it was notified before that, it was notified in
//     time and says so: nothing is absorbed (stricter than COND-09). If not, its word is vacant and the next
//     notifier passes over it;
//   - a waiter sleeps until its own word changes, so there are no spurious returns (COND-13).
//
// Why no waiter is missed: every waiting word belongs to a ticket in [oldest_, next_), or that span is at
// least `size` long and so has every word in it. A word that is not vacant (its waiter still waits after a
// whole round, or is notified and has not left, or was killed) is passed over by whoever draws its next
// ticket. The longest waiting are chosen first, unless they wait longer than a round of the ring.
//
// A kill between any two Os calls, where the lock is robust, costs the victim's place at most. A waiter's
// word stays waiting, and then notified, for ever: 256 such words and nobody can wait any more. A notifier
// has told some and not others; whom it told and did not wake, the next notifier wakes, as `oldest_` is still
// before it.
//
// The size is a bound because a notifier may have to look at every word; the words would fit a page four
// times.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <type_traits>

#include <mp/os/os.hpp>

namespace mp {

class WaitRing {
 public:
  static constexpr std::uint32_t size = 256;

  /// A ticket, held until leave. Absent: `size` tasks wait already.
  std::optional<std::uint32_t> enter(Os& os);
  /// Returns when notified or when the deadline has passed.
  void sleep(Os& os, std::uint32_t ticket, Instant deadline);
  /// Gives the ticket back. True: it was notified.
  bool leave(Os& os, std::uint32_t ticket);
  /// Notifies `count` of the waiting, or all there are; gives how many.
  std::uint32_t notify(Os& os, std::uint32_t count);

 private:
  Word& word_of(std::uint32_t ticket) { return words_[ticket % size]; }

  Word oldest_;  // tickets before this one need no notifier
  Word next_;    // the next ticket to be drawn
  std::array<Word, size> words_;
};

static_assert(sizeof(WaitRing) == 4 * (2 + WaitRing::size) && std::is_standard_layout_v<WaitRing>);

}  // namespace mp
