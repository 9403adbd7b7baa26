// The slots as the structures they hold, and the lock around a few plain statements.
#include <mp/process/state.hpp>

#include <atomic>
#include <new>

namespace mp {

ProcessState& process_state(Os& os) {
  return *std::launder(reinterpret_cast<ProcessState*>(os.process_slot().data()));
}

StateLock::StateLock(ProcessState& state) : state_(state) {
  const std::atomic_ref busy(state_.busy);
  while (busy.exchange(1, std::memory_order_acquire) != 0) busy.wait(1, std::memory_order_relaxed);
}

StateLock::~StateLock() {
  const std::atomic_ref busy(state_.busy);
  busy.store(0, std::memory_order_release);
  busy.notify_one();
}

}  // namespace mp
