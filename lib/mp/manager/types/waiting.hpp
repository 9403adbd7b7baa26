// How the methods that wait read their arguments: Python's threading and queue modules, not multiprocessing
// (MGR-09, MGR-20). An absent timeout waits for ever.
#pragma once

#include <cmath>
#include <optional>

#include <mp/manager/object.hpp>

namespace mp::manager {

/// The deadline of a wait for so many seconds; zero and below: of a single attempt.
inline Instant deadline_in(Os& os, std::optional<double> seconds) {
  Timeout timeout;
  if (seconds) timeout = std::chrono::duration<double>(*seconds);
  return timeout ? deadline_after(os, timeout) : never;
}

/// Of Lock.acquire and RLock.acquire. ValueError: a timeout for an attempt that does not block, or a negative
/// one other than -1, which stands for none.
inline Instant lock_deadline(Os& os, bool blocking, std::optional<double> seconds) {
  if (seconds == -1.0) seconds.reset();
  if (!blocking && seconds) throw ValueError("can't specify a timeout for a non-blocking call");
  if (seconds && !(*seconds >= 0)) throw ValueError("timeout value must be a non-negative number");
  return blocking ? deadline_in(os, seconds) : immediately;
}

/// Of Semaphore.acquire. ValueError: a timeout for an attempt that does not block.
inline Instant semaphore_deadline(Os& os, bool blocking, std::optional<double> seconds) {
  if (!blocking && seconds) throw ValueError("can't specify timeout for non-blocking acquire");
  return blocking ? deadline_in(os, seconds) : immediately;
}

/// Of Queue.put and Queue.get. ValueError: a negative timeout.
inline Instant queue_deadline(Os& os, bool block, std::optional<double> seconds) {
  if (block && seconds && !(*seconds >= 0)) throw ValueError("'timeout' must be a non-negative number");
  return block ? deadline_in(os, seconds) : immediately;
}

}  // namespace mp::manager
