// See the header. The supervisor takes its signals synchronously, so that it needs no handlers.
#include <dirent.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include <heddle/worlds/host/process_stat.hpp>
#include <heddle/worlds/host/supervisor.hpp>

namespace heddle::host {
namespace {

sigset_t supervised_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  sigaddset(&signals, SIGTERM);
  return signals;
}

/// Handlers of the harness's mean nothing in a program under test.
void forget_handlers() {
  for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD, SIGHUP, SIGALRM}) std::signal(signal, SIG_DFL);
}

void empty_standard_input() {
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing <= 0) return;
  ::dup2(nothing, STDIN_FILENO);
  ::close(nothing);
}

// noexcept: an exception would unwind into frames of the harness, copied by fork.
[[noreturn]] void live_as_main(const std::function<int()>& body) noexcept {
  ::setpgid(0, 0);
  empty_standard_input();
  const sigset_t signals = supervised_signals();
  ::sigprocmask(SIG_UNBLOCK, &signals, nullptr);
  const int status = body();
  std::cout.flush();
  std::fflush(nullptr);
  ::_exit(status & 0xff);
}

/// Fetches the dead. True when `main` was among them; its end is reported.
bool reap(const Reporter& reporter, pid_t main) {
  bool main_ended = false;
  int status = 0;
  for (pid_t dead = 0; (dead = ::waitpid(-1, &status, WNOHANG)) > 0;) {
    if (dead != main) continue;
    main_ended = true;
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    reporter.send({.kind = MessageKind::ended,
                   .object = static_cast<std::uint32_t>(signal),
                   .number = WIFEXITED(status) ? WEXITSTATUS(status) : 0});
  }
  return main_ended;
}

/// Children that change their group, or that come to us while we kill, are why it takes rounds.
void end_everybody(pid_t main) {
  constexpr timespec pause{.tv_sec = 0, .tv_nsec = 1'000'000};
  ::kill(-main, SIGKILL);
  while (true) {
    pid_t dead = 0;
    while ((dead = ::waitpid(-1, nullptr, WNOHANG)) > 0) continue;
    if (dead < 0 && errno == ECHILD) return;
    for (const pid_t child : children_of(::getpid())) ::kill(child, SIGKILL);
    ::nanosleep(&pause, nullptr);
  }
}

[[noreturn]] void supervise(const Reporter& reporter, const std::function<int()>& body,
                            pid_t harness) noexcept {
  ::setsid();  // no terminal: Ctrl-C is the harness's affair
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  forget_handlers();
  const sigset_t signals = supervised_signals();
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != harness) ::_exit(1);  // it died before we asked to be told
  const pid_t main = ::fork();
  if (main == 0) live_as_main(body);
  if (main < 0) ::_exit(1);
  ::setpgid(main, main);  // whoever of the two comes first
  reporter.send({.kind = MessageKind::started, .number = main, .text = "main"});
  while (true) {
    const int signal = ::sigwaitinfo(&signals, nullptr);
    if (signal == SIGTERM || (signal == SIGCHLD && reap(reporter, main))) break;
  }
  end_everybody(main);
  ::_exit(0);
}

}  // namespace

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  DIR* const processes = ::opendir("/proc");
  if (processes == nullptr) return children;
  while (const dirent* entry = ::readdir(processes)) {
    const std::string_view name = entry->d_name;
    pid_t process = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), process).ec != std::errc{}) continue;
    const auto stat = stat_of(process);
    if (stat && stat->parent == parent && stat->state != 'Z') children.push_back(process);
  }
  ::closedir(processes);
  return children;
}

bool is_running(pid_t process) {
  const auto stat = stat_of(process);
  return stat && stat->state != 'Z' && stat->state != 'X';
}

pid_t start_supervised(const Reporter& reporter, const std::function<int()>& body) {
  std::cout.flush();
  std::fflush(nullptr);  // or parent and child would both write it
  const pid_t harness = ::getpid();
  const pid_t supervisor = ::fork();
  if (supervisor == 0) supervise(reporter, body, harness);
  return supervisor;
}

}  // namespace heddle::host
