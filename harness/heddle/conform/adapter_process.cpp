// See the header.
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
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

/// The longest message of a case has two letters for each of some million bytes.
constexpr std::size_t line_bytes_max = 64UL << 20U;
/// For those who were killed to be gone; somebody whom the kernel holds takes longer.
constexpr milliseconds death_patience{5'000};
constexpr milliseconds round_patience{20};

int milliseconds_until(Moment deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - SteadyClock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

/// A look even if the deadline is over.
bool is_readable(int fd, Moment deadline) {
  pollfd item{.fd = fd, .events = POLLIN, .revents = 0};
  while (true) {
    if (::poll(&item, 1, milliseconds_until(deadline)) > 0) return true;
    if (SteadyClock::now() >= deadline) return false;
  }
}

}  // namespace

Expected<AdapterProcess> AdapterProcess::start(const std::string& command) {
  ::signal(SIGPIPE, SIG_IGN);  // a write to an adapter that has gone is no end of ours
  const Kept kept = keep(command);
  if (kept.keeper < 0)
    return tl::unexpected(
        Error{.code = "adapter-unstartable",
              .what = fmt::format("'{}' cannot be started: {}", command, std::strerror(errno)),
              .hint = "the machine refuses pipes or processes",
              .exit = ExitCode::internal});
  return AdapterProcess(kept);
}

AdapterProcess::AdapterProcess(AdapterProcess&& other) noexcept
    : kept_(std::exchange(other.kept_, {})),
      read_(std::move(other.read_)),
      searched_(other.searched_),
      has_closed_(other.has_closed_),
      status_(other.status_),
      have_all_gone_(other.have_all_gone_) {}

AdapterProcess::~AdapterProcess() {
  if (kept_.keeper < 0) return;
  ::close(kept_.in);
  have_all_gone_by(SteadyClock::now() + milliseconds(1'000));
  kill_all();
  ::close(kept_.out);
  ::close(kept_.ending);
  ::waitpid(kept_.keeper, nullptr, have_all_gone_ ? 0 : WNOHANG);
}

// Who does not read may be waiting for us to do so.
bool AdapterProcess::send(std::string_view line, Moment deadline) {
  std::string text(line);
  text += '\n';
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(kept_.in, rest.data(), rest.size());
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
    if (written >= 0 || errno == EINTR) continue;
    if (errno != EAGAIN) return true;
    const bool listens = !has_closed_ && read_.size() <= line_bytes_max;
    std::array<pollfd, 2> items{{{.fd = kept_.in, .events = POLLOUT, .revents = 0},
                                 {.fd = listens ? kept_.out : -1, .events = POLLIN, .revents = 0}}};
    ::poll(items.data(), items.size(), milliseconds_until(deadline));
    if (items[1].revents != 0) read_part();
    if (SteadyClock::now() >= deadline) return false;
  }
  return true;
}

Received AdapterProcess::receive(std::string& line, Moment deadline) {
  while (true) {
    if (const std::size_t end = read_.find('\n', searched_); end != std::string::npos) {
      line = read_.substr(0, end);
      read_.erase(0, end + 1);
      searched_ = 0;
      return Received::line;
    }
    searched_ = read_.size();
    if (has_closed_) return Received::end;
    if (read_.size() > line_bytes_max) return Received::too_long;
    if (!is_readable(kept_.out, deadline)) return Received::nothing;
    read_part();
    if (SteadyClock::now() >= deadline && read_.find('\n', searched_) == std::string::npos)
      return has_closed_ ? Received::end : Received::nothing;
  }
}

void AdapterProcess::read_part() {
  std::array<char, 65'536> part{};
  const ssize_t got = ::read(kept_.out, part.data(), part.size());
  if (got > 0) read_.append(part.data(), static_cast<std::size_t>(got));
  if (got == 0 || (got < 0 && errno != EINTR)) has_closed_ = true;
}

bool AdapterProcess::has_input() const {
  return !read_.empty() || (!has_closed_ && is_readable(kept_.out, SteadyClock::now()));
}

bool AdapterProcess::has_ended_by(Moment deadline) {
  if (!status_) hear_of_the_end(deadline);
  return status_.has_value();
}

bool AdapterProcess::have_all_gone_by(Moment deadline) {
  if (has_ended_by(deadline)) hear_of_the_end(deadline);
  return have_all_gone_;
}

/// The next thing that the keeper has to say: how the adapter ended, then that nobody is left.
void AdapterProcess::hear_of_the_end(Moment deadline) {
  if (have_all_gone_ || !is_readable(kept_.ending, deadline)) return;
  int status = 0;
  if (::read(kept_.ending, &status, sizeof status) == sizeof status)
    status_ = status;
  else
    have_all_gone_ = true;
}

void AdapterProcess::quit(milliseconds patience) {
  for (const int signal : {SIGQUIT, SIGCONT})  // also those that were stopped
    for (const pid_t process : processes_below(kept_.keeper)) ::kill(process, signal);
  have_all_gone_by(SteadyClock::now() + patience);
  kill_all();
}

// In rounds, for who was born after a look is seen by the next. Nobody's id is another's meanwhile: the
// keeper alone reaps those that have lost their parents, and a parent that is stopped reaps nobody.
void AdapterProcess::kill_all() {
  const Moment deadline = SteadyClock::now() + death_patience;
  while (!have_all_gone_ && SteadyClock::now() < deadline) {
    for (const int signal : {SIGSTOP, SIGKILL})  // who is stopped starts nobody
      for (const pid_t process : processes_below(kept_.keeper)) ::kill(process, signal);
    have_all_gone_by(SteadyClock::now() + round_patience);
  }
}

std::string AdapterProcess::ending() {
  if (!has_ended_by(SteadyClock::now() + milliseconds(1'000))) return "it closed its output";
  if (WIFSIGNALED(*status_)) return fmt::format("it ended by signal {}", WTERMSIG(*status_));
  const int code = WEXITSTATUS(*status_);
  return code == 127 ? "its command was not found (exit status 127)"
                     : fmt::format("it ended with exit status {}", code);
}

}  // namespace heddle::conform
