// Time as the Os tells it: nanoseconds since an arbitrary start that only moves forwards. In a
// simulated execution it is virtual, so nothing in lib may read a std::chrono clock directly.
#pragma once

#include <chrono>
#include <optional>

namespace mp {

struct OsClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<OsClock>;
  static constexpr bool is_steady = true;
};

using Instant = OsClock::time_point;

/// The deadline of a wait that has none.
inline constexpr Instant never = Instant::max();
/// The deadline of a single attempt: every wait with it fails at once with ETIMEDOUT.
inline constexpr Instant immediately = Instant::min();

/// How long a blocking operation may take, in seconds as in Python: absent waits for ever, zero or
/// negative makes one attempt (contract: the TO rule).
using Timeout = std::optional<std::chrono::duration<double>>;

}  // namespace mp
