// Time and chance of the POSIX Os: CLOCK_MONOTONIC, which no administrator sets back, and getrandom.
// Interrupted calls carry on with the same absolute deadline, so that signals cannot stretch a wait.
#include <mp/os/posix_os_time.hpp>

#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include <mp/os/posix_os.hpp>

namespace mp::posix_time {

namespace {

timespec to_timespec(std::chrono::nanoseconds duration) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(duration);
  timespec result{};
  result.tv_sec = static_cast<time_t>(seconds.count());
  result.tv_nsec = static_cast<long>((duration - seconds).count());
  return result;
}

}  // namespace

Instant now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return Instant(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

timespec absolute(Instant deadline) {
  if (deadline < Instant{}) return timespec{};
  return to_timespec(deadline.time_since_epoch());
}

timespec remaining(Instant deadline) {
  const Instant present = now();
  if (deadline <= present) return timespec{};
  return to_timespec(deadline - present);
}

}  // namespace mp::posix_time

namespace mp {

Instant PosixOs::now() { return posix_time::now(); }

void PosixOs::sleep_until(Instant deadline) {
  const timespec until = posix_time::absolute(deadline);
  while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

void PosixOs::random_bytes(std::span<std::byte> into) {
  while (!into.empty()) {
    const ssize_t got = ::getrandom(into.data(), into.size(), 0);
    if (got < 0) {
      // Nothing but an interruption can fail here; bytes that only look random would be worse than an end.
      if (errno != EINTR) std::abort();
      continue;
    }
    into = into.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace mp
