// What is mended after the dead.
#include <mp/queue/queue_state.hpp>

namespace mp {

void acquire_joining(Os& os, QueueState& state) {
  if (state.joining.acquire(os) != OwnedLock::Outcome::owner_died_acquired) return;
  // It may have marked the last task done and not yet said so.
  if (os.load(state.unfinished) == 0) state.joiners.notify(os, WaitRing::size);
}

void release_waiters(Os& os, QueueState& state, std::uint32_t size_max) {
  while (state.slots.release(os, size_max)) {
  }
  // All slots may have been free while somebody still waited for a wake-up that a dead getter owed.
  if (state.slots.acquire(os, immediately)) state.slots.release(os, size_max);
  acquire_joining(os, state);
  state.joiners.notify(os, WaitRing::size);
  state.joining.release(os);
}

}  // namespace mp
