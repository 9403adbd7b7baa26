// Processes of the POSIX Os: fork, wait and signals; spawn is in posix_os_spawning.cpp. What is buffered in
// stdio and iostreams is written before a fork, or parent and child would both write it; a child writes its
// own before it leaves, and leaves by _exit, so no atexit handler or static destructor of the parent's
// program runs twice (PROC-12).
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include <mp/os/posix_os.hpp>
#include <mp/os/posix_os_birth.hpp>
#include <mp/os/posix_os_numbers.hpp>
#include <mp/os/posix_os_spawning.hpp>
#include <mp/os/posix_os_tasks.hpp>
#include <mp/os/posix_os_time.hpp>

namespace mp {

void posix_birth::flush_output() {
  std::cout.flush();
  std::clog.flush();
  std::fflush(nullptr);
}

// Descriptor 0 is nothing of ours: the Os hands out numbers above 2 only.
void posix_birth::empty_standard_input() {
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0) return;
  ::dup2(nothing, STDIN_FILENO);
  if (nothing != STDIN_FILENO) ::close(nothing);
  ::fcntl(STDIN_FILENO, F_SETFD, 0);  // for the program that a spawned child becomes
}

namespace {

using posix_birth::flush_output;

// noexcept, because an exception would unwind into the frames of the parent's program, copied by fork.
[[noreturn]] void live_as_child(const ProcessStart& start) noexcept {
  posix_birth::empty_standard_input();
  const int status = start.entry(start.payload);
  flush_output();
  ::_exit(status & 0xff);
}

ProcessEnd to_end(int status) {
  if (WIFSIGNALED(status)) return {.status = 0, .signal = WTERMSIG(status)};
  return {.status = WEXITSTATUS(status), .signal = 0};
}

int number_of(Signal signal) {
  switch (signal) {
    case Signal::terminate:
      return SIGTERM;
    case Signal::kill:
      return SIGKILL;
    case Signal::stop:
      return SIGSTOP;
    case Signal::resume:
      break;
  }
  return SIGCONT;
}

/// One waitpid, carried on after interruptions. ETIMEDOUT when WNOHANG finds the child running.
Result<ProcessEnd> reap(pid_t child, int flags) {
  int status = 0;
  while (true) {
    const pid_t got = ::waitpid(child, &status, flags);
    if (got == child) return to_end(status);
    if (got == 0) return failure(ETIMEDOUT);
    if (errno != EINTR) return failure(errno);
  }
}

/// Sleeps for a moment, or until the deadline if that comes first; ETIMEDOUT when it has passed.
Result<void> await_next_look(Instant deadline) {
  constexpr auto look_every = std::chrono::milliseconds(5);
  const Instant now = posix_time::now();
  if (now >= deadline) return failure(ETIMEDOUT);
  const timespec pause = posix_time::remaining(std::min(deadline, now + look_every));
  ::nanosleep(&pause, nullptr);
  return {};
}

/// Sleeps until the child has ended, been reaped by somebody else, or the deadline has passed; or shorter.
/// The page gives a wait for a process no reason to want a descriptor, so without one it looks now and then.
Result<void> await_end(pid_t child, Instant deadline) {
  const int fd = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  if (fd < 0 && (errno == EMFILE || errno == ENFILE)) return await_next_look(deadline);
  if (fd < 0) return errno == ESRCH ? Result<void>{} : failure(errno);
  pollfd watched{.fd = fd, .events = POLLIN, .revents = 0};
  Result<void> result;
  while (true) {
    const timespec left = posix_time::remaining(deadline);
    const int ready = ::ppoll(&watched, 1, &left, nullptr);
    if (ready > 0) break;
    if (ready < 0 && errno == EINTR) continue;
    result = failure(ready == 0 ? ETIMEDOUT : errno);
    break;
  }
  ::close(fd);
  return result;
}

}  // namespace

Result<ProcessId> PosixOs::start_process(const ProcessStart& start) {
  if (posix_spawning::is_unfrozen()) return failure(ENOTRECOVERABLE);
  if (start.method == StartMethod::spawn) return posix_spawning::spawn(start);
  flush_output();
  posix_tasks::hold();
  const pid_t child = ::fork();
  const int error = errno;
  if (child == 0) posix_tasks::forget_parent();
  posix_tasks::let_go();
  if (child == 0) live_as_child(start);
  if (child < 0) return failure(error);
  return ProcessId{child};
}

void PosixOs::exit_process(int status) { ::_exit(status & 0xff); }

Result<void> PosixOs::signal_process(ProcessId process, Signal signal) {
  const auto pid = static_cast<pid_t>(process);
  if (pid <= 0) return failure(ESRCH);  // to kill() these would be whole groups of processes
  if (::kill(pid, number_of(signal)) != 0) return failure(errno);
  return {};
}

Result<Descriptor> PosixOs::open_process(ProcessId process) {
  const auto pid = static_cast<pid_t>(process);
  if (pid <= 0) return failure(ESRCH);
  const int fd = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (fd < 0) return failure(errno);
  return posix_numbers::above_standard(fd);
}

Result<ProcessEnd> PosixOs::wait_process(ProcessId process, Instant deadline) {
  const auto pid = static_cast<pid_t>(process);
  if (pid <= 0) return failure(ECHILD);
  if (deadline == never) return reap(pid, 0);
  Result<ProcessEnd> end = reap(pid, WNOHANG);
  while (!end && end.error().value == ETIMEDOUT && deadline != immediately) {
    if (const Result<void> awaited = await_end(pid, deadline); !awaited)
      return failure(awaited.error().value);
    end = reap(pid, WNOHANG);
  }
  return end;
}

namespace {

// Asked for at each acquire of a lock that names its holder, so it is no system call each time. A child by
// fork, the program's own forks included, asks anew.
std::atomic<pid_t> own_process = 0;

pid_t ask_own_process() {
  static const int registered = ::pthread_atfork(nullptr, nullptr, [] { own_process = 0; });
  const pid_t process = ::getpid();
  if (registered == 0) own_process = process;
  return process;
}

}  // namespace

ProcessId PosixOs::process_id() {
  const pid_t known = own_process.load(std::memory_order_relaxed);
  return ProcessId{known != 0 ? known : ask_own_process()};
}

ProcessId PosixOs::parent_process_id() { return ProcessId{::getppid()}; }

namespace {

std::atomic<void (*)()> exit_routine = nullptr;
std::atomic<pid_t> exit_owner = 0;

// A child that the program forked by itself inherits the handler, but not what it is to put in order.
void run_exit_routine() {
  if (exit_owner.load() == ::getpid()) exit_routine.load()();
}

}  // namespace

std::size_t PosixOs::processors() {
  const long count = ::sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : static_cast<std::size_t>(count);
}

void PosixOs::call_at_exit(void (*routine)()) {
  exit_routine = routine;
  if (exit_owner.exchange(::getpid()) != ::getpid()) std::atexit(&run_exit_routine);
}

}  // namespace mp
