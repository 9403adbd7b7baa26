// See the header.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <heddle/conform/adapter_process.hpp>
#include <heddle/conform/quiescence.hpp>

namespace heddle::conform {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) ends = {-1, -1};
  }
};

int milliseconds_until(Moment deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - SteadyClock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

bool is_readable(int fd, int timeout) {
  pollfd item{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&item, 1, timeout) > 0;
}

/// Never returns: becomes the adapter's shell.
[[noreturn]] void become(const std::string& command, int in, int out) {
  ::setpgid(0, 0);
  ::signal(SIGPIPE, SIG_DFL);  // what is ours alone
  ::fcntl(in, F_SETFD, 0);
  ::fcntl(out, F_SETFD, 0);
  ::setenv("HEDDLE_ADAPTER_IN", std::to_string(in).c_str(), 1);
  ::setenv("HEDDLE_ADAPTER_OUT", std::to_string(out).c_str(), 1);
  // The shell becomes the command, so that the group has no process that nobody asked for.
  const std::string line = "exec " + command;
  ::execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
  ::_exit(127);
}

}  // namespace

Expected<AdapterProcess> AdapterProcess::start(const std::string& command) {
  ::signal(SIGPIPE, SIG_IGN);  // a write to an adapter that has gone is no end of ours
  const Pipe orders;
  const Pipe answers;
  const pid_t child = orders.ends[0] < 0 || answers.ends[0] < 0 ? -1 : ::fork();
  if (child < 0)
    return tl::unexpected(
        Error{.code = "adapter-unstartable",
              .what = fmt::format("'{}' cannot be started: {}", command, std::strerror(errno)),
              .hint = "the machine refuses pipes or processes",
              .exit = ExitCode::internal});
  if (child == 0) become(command, orders.ends[0], answers.ends[1]);
  ::setpgid(child, child);  // as the child does: whoever comes first
  ::close(orders.ends[0]);
  ::close(answers.ends[1]);
  return AdapterProcess(child, orders.ends[1], answers.ends[0]);
}

AdapterProcess::AdapterProcess(AdapterProcess&& other) noexcept
    : group_(std::exchange(other.group_, 0)),
      in_(std::exchange(other.in_, -1)),
      out_(std::exchange(other.out_, -1)),
      read_(std::move(other.read_)),
      status_(other.status_) {}

AdapterProcess::~AdapterProcess() {
  if (group_ == 0) return;
  ::close(in_);
  has_ended_within(milliseconds(1'000));
  kill_group();
  ::close(out_);
}

void AdapterProcess::send(std::string_view line) {
  std::string text(line);
  text += '\n';
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(in_, rest.data(), rest.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

Received AdapterProcess::receive(std::string& line, Moment deadline) {
  constexpr std::size_t line_bytes_max = 512UL << 20U;
  while (true) {
    if (const std::size_t end = read_.find('\n'); end != std::string::npos) {
      line = read_.substr(0, end);
      read_.erase(0, end + 1);
      return Received::line;
    }
    if (!is_readable(out_, milliseconds_until(deadline))) {
      if (SteadyClock::now() >= deadline) return Received::nothing;
      continue;
    }
    std::array<char, 65'536> part{};
    const ssize_t got = ::read(out_, part.data(), part.size());
    if (got == 0 || (got < 0 && errno != EINTR) || read_.size() > line_bytes_max) return Received::end;
    if (got > 0) read_.append(part.data(), static_cast<std::size_t>(got));
  }
}

bool AdapterProcess::has_input() const { return !read_.empty() || is_readable(out_, 0); }

bool AdapterProcess::has_ended_within(milliseconds patience) {
  const Moment deadline = SteadyClock::now() + patience;
  while (!status_) {
    int status = 0;
    const pid_t reaped = ::waitpid(group_, &status, WNOHANG);
    if (reaped == group_) status_ = status;
    if (status_ || reaped < 0 || SteadyClock::now() >= deadline) break;
    ::poll(nullptr, 0, 1);
  }
  return status_.has_value();
}

void AdapterProcess::quit(milliseconds patience) {
  for (const int signal : {SIGQUIT, SIGCONT})  // also those that were stopped
    for (const pid_t process : processes_of_group(group_)) ::kill(process, signal);
  has_ended_within(patience);
  kill_group();
}

// Those that have groups of their own are known by their parents, so they go first. The leader is reaped here
// or above only, so until then its group's id is nobody else's.
void AdapterProcess::kill_group() {
  std::vector<pid_t> processes = processes_of_group(group_);
  for (const pid_t process : processes) ::kill(process, SIGSTOP);  // nobody starts another meanwhile
  for (const pid_t process : processes_of_group(group_)) ::kill(process, SIGKILL);
  ::kill(-group_, SIGKILL);
  has_ended_within(milliseconds(5'000));
}

std::string AdapterProcess::ending() {
  if (!has_ended_within(milliseconds(1'000))) return "it closed its output";
  if (WIFSIGNALED(*status_)) return fmt::format("it ended by signal {}", WTERMSIG(*status_));
  const int code = WEXITSTATUS(*status_);
  return code == 127 ? "its command was not found (exit status 127)"
                     : fmt::format("it ended with exit status {}", code);
}

}  // namespace heddle::conform
