// See the header.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>

#include <heddle/conform/keeper.hpp>

namespace heddle::conform {
namespace {

struct Pipe {
  int reader = -1;
  int writer = -1;
  Pipe() {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
    reader = ends[0];
    writer = ends[1];
  }
};

void close_all(std::initializer_list<int> descriptors) {
  for (const int each : descriptors)
    if (each >= 0) ::close(each);
}

/// Never returns: becomes the adapter's shell.
[[noreturn]] void become(const std::string& command, int in, int out) {
  ::setpgid(0, 0);
  ::signal(SIGPIPE, SIG_DFL);  // what is ours alone
  ::fcntl(in, F_SETFD, 0);
  ::fcntl(out, F_SETFD, 0);
  ::setenv("HEDDLE_ADAPTER_IN", std::to_string(in).c_str(), 1);
  ::setenv("HEDDLE_ADAPTER_OUT", std::to_string(out).c_str(), 1);
  // The shell becomes the command, so that there is no process that nobody asked for.
  const std::string line = "exec " + command;
  ::execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
  ::_exit(127);
}

void close_all_but(int kept) {
  if (kept > 0) ::close_range(0, static_cast<unsigned>(kept) - 1, 0);
  ::close_range(static_cast<unsigned>(kept) + 1, UINT32_MAX, 0);
}

/// Never returns.
[[noreturn]] void watch(const std::string& command, int in, int out, int ending) {
  ::setpgid(0, 0);  // Ctrl-C is not for it
  ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  const pid_t adapter = ::fork();
  if (adapter == 0) become(command, in, out);
  close_all_but(ending);
  int status = 0;
  while (true) {
    const pid_t child = ::waitpid(-1, &status, 0);
    if (child < 0 && errno != EINTR) ::_exit(0);
    if (child > 0 && child == adapter) static_cast<void>(::write(ending, &status, sizeof status));
  }
}

}  // namespace

Kept keep(const std::string& command) {
  const Pipe orders;
  const Pipe answers;
  const Pipe ending;
  const pid_t keeper = orders.reader < 0 || answers.reader < 0 || ending.reader < 0 ? -1 : ::fork();
  if (keeper == 0) watch(command, orders.reader, answers.writer, ending.writer);
  close_all({orders.reader, answers.writer, ending.writer});
  if (keeper < 0) {
    close_all({orders.writer, answers.reader, ending.reader});
    return {};
  }
  ::fcntl(orders.writer, F_SETFL, O_NONBLOCK);
  return {.keeper = keeper, .in = orders.writer, .out = answers.reader, .ending = ending.reader};
}

}  // namespace heddle::conform
