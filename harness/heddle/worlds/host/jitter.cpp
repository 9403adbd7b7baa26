// See the header. Processes are signalled through descriptors of theirs, so that an id that has gone to
// somebody else meanwhile is not mistaken for the run's.
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <iterator>

#include <heddle/worlds/host/jitter.hpp>

namespace heddle::host {
namespace {

constexpr std::chrono::nanoseconds shortest = std::chrono::microseconds(20);
constexpr std::uint32_t calm_doublings = 6;     // between disturbances: up to 0.6 ms
constexpr std::uint32_t stopped_doublings = 8;  // stopped for up to 2.6 ms
constexpr int nice_max = 19;

int open_process(pid_t process) { return static_cast<int>(::syscall(SYS_pidfd_open, process, 0)); }
void send(int process, int signal) {
  static_cast<void>(::syscall(SYS_pidfd_send_signal, process, signal, nullptr, 0));
}

}  // namespace

Jitter::Jitter(std::uint64_t seed) : random_(seed, 1) { set_next(short_while(calm_doublings)); }

// Evenly over orders of magnitude.
std::chrono::nanoseconds Jitter::short_while(std::uint32_t doublings) {
  return (1 + random_.below(2)) * shortest / 2 * (1u << random_.below(doublings));
}

std::chrono::nanoseconds Jitter::pause() const {
  return std::max<std::chrono::nanoseconds>(next_ - Clock::now(), std::chrono::nanoseconds(0));
}

void Jitter::disturb(pid_t main, const std::map<std::int64_t, std::string>& processes) {
  if (main <= 0 || Clock::now() < next_) return;
  if (stopped_ >= 0) {
    resume();
    return set_next(short_while(calm_doublings));
  }
  set_next(short_while(calm_doublings));
  const auto picked =
      std::next(processes.begin(), random_.below(static_cast<std::uint32_t>(processes.size())));
  const auto process = static_cast<pid_t>(picked->first);
  const int descriptor = open_process(process);
  if (descriptor < 0) return;
  if (::getpgid(process) != main) {
    ::close(descriptor);
    return;
  }
  const std::uint32_t what = random_.below(8);
  if (what < 6) return stop(descriptor);
  ::close(descriptor);
  if (what == 6) return move(process);
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(process), static_cast<int>(random_.below(nice_max + 1)));
}

void Jitter::stop(int process) {
  send(process, SIGSTOP);
  stopped_ = process;
  set_next(short_while(stopped_doublings));
}

void Jitter::resume() {
  if (stopped_ < 0) return;
  send(stopped_, SIGCONT);
  ::close(stopped_);
  stopped_ = -1;
}

// To one of the processors that this process may use, or to all of them.
void Jitter::move(pid_t process) {
  cpu_set_t all;
  if (::sched_getaffinity(0, sizeof(all), &all) != 0) return;
  const auto count = static_cast<std::uint32_t>(CPU_COUNT(&all));
  std::uint32_t wanted = random_.below(count + 1);
  if (wanted == count) {
    ::sched_setaffinity(process, sizeof(all), &all);
    return;
  }
  cpu_set_t one;
  CPU_ZERO(&one);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(cpu, &all) && wanted-- == 0) CPU_SET(cpu, &one);
  ::sched_setaffinity(process, sizeof(one), &one);
}

}  // namespace heddle::host
