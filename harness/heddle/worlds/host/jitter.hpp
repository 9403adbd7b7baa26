// Unrest for one host run, so that rare interleavings of real processes become less rare: at random moments
// a random process of the run is stopped for a while and resumed, moved to one processor or let go to all,
// or made less important. None of it is anything that a busy machine would not do as well.
//
// A process is only touched while it is in the run's own process group, and at the end nobody is left
// stopped. What the machine refuses does not happen, silently.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include <heddle/core/random.hpp>

namespace heddle::host {

class Jitter {
 public:
  explicit Jitter(std::uint64_t seed);
  ~Jitter() { resume(); }
  Jitter(const Jitter&) = delete;
  Jitter& operator=(const Jitter&) = delete;

  /// Disturbs one of the processes if it is time to; `main` leads their group (0: not known yet).
  void disturb(pid_t main, const std::map<std::int64_t, std::string>& processes);
  /// Whoever is stopped goes on.
  void resume();
  /// Until the next disturbance; never negative.
  std::chrono::nanoseconds pause() const;

 private:
  using Clock = std::chrono::steady_clock;

  void stop(int process);
  void move(pid_t process);
  void set_next(std::chrono::nanoseconds pause) { next_ = Clock::now() + pause; }
  std::chrono::nanoseconds short_while(std::uint32_t doublings);

  Random random_;
  Clock::time_point next_;
  int stopped_ = -1;  // a descriptor of the process that is stopped
};

}  // namespace heddle::host
