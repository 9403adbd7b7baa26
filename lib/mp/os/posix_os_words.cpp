// Sleeping on words, and cells, of the POSIX Os. Words lie in memory that several processes may map, so the
// futexes on them are not private to a process. Cells are copied without any ordering: two unordered accesses
// race here exactly as the Os page says they do.
#include <linux/futex.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <mp/os/posix_os.hpp>
#include <mp/os/posix_os_spinning.hpp>
#include <mp/os/posix_os_time.hpp>

namespace mp {

namespace {

Result<void> sleep_on(Word& word, std::uint32_t expected, Instant deadline) {
  // WAIT_BITSET is the one that takes an absolute time: an interruption then needs no arithmetic.
  const timespec until = posix_time::absolute(deadline);
  const timespec* const limit = deadline == never ? nullptr : &until;
  while (true) {
    const long woken = ::syscall(SYS_futex, &word.value, FUTEX_WAIT_BITSET, expected, limit, nullptr,
                                 FUTEX_BITSET_MATCH_ANY);
    if (woken == 0) return {};
    if (errno != EINTR) return failure(errno);
  }
}

// A zombie has ended too, which kill(pid, 0) would not say.
bool has_ended(ProcessId process) {
  const int fd = static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(process), 0));
  if (fd < 0) return errno == ESRCH;
  pollfd watched{.fd = fd, .events = POLLIN, .revents = 0};
  const bool ended = ::poll(&watched, 1, 0) > 0;
  ::close(fd);
  return ended;
}

}  // namespace

// A futex and a process cannot be waited for in one call, so whoever watches an owner wakes now and then to
// look after it, and at the deadline: a wait that is over soon costs no look. An id that has been given to a
// new process meanwhile counts as alive.
Result<void> PosixOs::word_wait(Word& word, std::uint32_t expected, Instant deadline, ProcessId owner) {
  constexpr std::uint32_t looks_max = 400;  // a look is a load and a pause
  const auto has_changed = [&] { return load(word) != expected; };
  if (deadline != immediately &&
      posix_spinning::of_this_thread().spin(looks_max, &posix_spinning::processors, has_changed))
    return failure(EAGAIN);
  if (owner == ProcessId::none) return sleep_on(word, expected, deadline);
  constexpr auto look_every = std::chrono::milliseconds(20);
  while (true) {
    const Instant look = std::min(posix_time::now() + look_every, deadline);
    const Result<void> woken = sleep_on(word, expected, look);
    if (woken || woken.error().value != ETIMEDOUT) return woken;
    if (load(word) != expected) return failure(EAGAIN);  // changed without a wake, perhaps just in time
    if (has_ended(owner)) return failure(EOWNERDEAD);
    if (look == deadline) return failure(ETIMEDOUT);
  }
}

int PosixOs::word_wake(Word& word, int count) {
  const long woken = ::syscall(SYS_futex, &word.value, FUTEX_WAKE, count, nullptr, nullptr, 0);
  return woken > 0 ? static_cast<int>(woken) : 0;
}

void PosixOs::load_cell(const void* cell, std::span<std::byte> into) {
  if (!into.empty()) std::memcpy(into.data(), cell, into.size());
}

void PosixOs::store_cell(void* cell, std::span<const std::byte> bytes) {
  if (!bytes.empty()) std::memcpy(cell, bytes.data(), bytes.size());
}

Acknowledgement PosixOs::annotate(const Annotation&) { return {}; }

}  // namespace mp
