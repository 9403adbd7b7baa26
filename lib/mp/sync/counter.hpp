// A counting semaphore over two Words: the mechanism below Semaphore and a queue's free slots. Like FutexLock
// it says nothing to the Os about itself.
//
// What always holds: `value_` is how many acquires would succeed now; `sleepers_` is at least the number of
// tasks asleep on it (a sleeper that is killed stays counted, which costs wake-ups of nobody). A release
// first adds, then wakes one if a sleeper is announced.
#pragma once

#include <cstdint>
#include <type_traits>

#include <mp/os/os.hpp>

namespace mp {

class Counter {
 public:
  static constexpr std::uint32_t value_max = 0x7fffffff;  // SEM_VALUE_MAX

  /// Only before anyone else can see it.
  void initialise(Os& os, std::uint32_t value) { os.store(value_, value); }
  /// True: took one. False: there was none before the deadline; `immediately` makes one attempt.
  bool acquire(Os& os, Instant deadline = never) { return try_acquire(os) || await(os, deadline); }
  /// False, and nothing has changed, if that would exceed `max`. Exact under concurrency.
  bool release(Os& os, std::uint32_t max = value_max) {
    if (!try_add(os, max)) return false;
    if (os.load(sleepers_) > 0) os.word_wake(value_, 1);
    return true;
  }
  std::uint32_t value(Os& os) const { return os.load(value_); }

 private:
  bool try_acquire(Os& os) {
    std::uint32_t seen = os.load(value_);
    while (seen > 0) {
      const std::uint32_t found = os.compare_exchange(value_, seen, seen - 1);
      if (found == seen) return true;
      seen = found;
    }
    return false;
  }
  bool try_add(Os& os, std::uint32_t max) {
    std::uint32_t seen = os.load(value_);
    while (seen < max) {
      const std::uint32_t found = os.compare_exchange(value_, seen, seen + 1);
      if (found == seen) return true;
      seen = found;
    }
    return false;
  }
  bool await(Os& os, Instant deadline);

  Word value_;
  Word sleepers_;
};

static_assert(sizeof(Counter) == 8 && std::is_standard_layout_v<Counter>);

}  // namespace mp
