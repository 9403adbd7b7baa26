// See the header. A worker that is done ends with code 0, one whose job threw with code 1 and the words of
// the exception in its pipe; what a killed one has written is not used.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <system_error>

#include <heddle/workers/workers.hpp>

namespace heddle::workers {
namespace {

constexpr int patience_milliseconds = 50;
constexpr std::size_t chunk_bytes = 65'536;

[[noreturn]] void refuse(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno != EINTR) ::_exit(1);  // the parent is gone
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
}

// What is thrown never leaves it: above it are the frames of the parent.
[[noreturn]] void be_worker(std::uint32_t worker, const Work& work, int fd) noexcept {
  int code = 0;
  std::string text;
  try {
    text = work.job(worker);
  } catch (const std::exception& exception) {
    code = 1;
    text = exception.what();
  }
  std::fflush(nullptr);  // what the program under test has printed
  write_all(fd, text);
  ::_exit(code);
}

std::string trouble_of(int status, const std::string& text) {
  if (WIFSIGNALED(status)) return fmt::format("was killed by signal {}", WTERMSIG(status));
  if (WEXITSTATUS(status) == 0) return "";
  if (WEXITSTATUS(status) == 1 && !text.empty()) return "failed: " + text;
  return fmt::format("ended with exit code {}", WEXITSTATUS(status));
}

class Pack {
 public:
  explicit Pack(const Work& work) : work_(work) {}
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;
  ~Pack() {
    for (Worker& each : workers_) {
      if (each.id <= 0) continue;
      ::kill(each.id, SIGKILL);
      wait_for(each);
      ::close(each.fd);
    }
  }

  void start(std::uint32_t count) {
    std::fflush(nullptr);  // or every worker would print it once more
    for (std::uint32_t worker = 0; worker < count; ++worker) {
      std::array<int, 2> ends{};
      if (::pipe2(ends.data(), O_CLOEXEC) != 0) refuse("a pipe for a worker");
      const pid_t parent = ::getpid();
      const pid_t id = ::fork();
      if (id < 0) {
        ::close(ends[0]);
        ::close(ends[1]);
        refuse("a process for a worker");
      }
      if (id == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(1);  // it died before it could be watched
        for (const Worker& each : workers_) ::close(each.fd);
        ::close(ends[0]);
        be_worker(worker, work_, ends[1]);
      }
      ::close(ends[1]);
      workers_.push_back({.id = id, .fd = ends[0], .said = {}});
    }
  }

  std::vector<Said> collect() {
    while (poll_once()) {
    }
    std::vector<Said> all;
    for (Worker& each : workers_) all.push_back(std::move(each.said));
    return all;
  }

 private:
  struct Worker {
    pid_t id = 0;  // 0: gone
    int fd = -1;
    Said said;
  };

  /// False when all are gone.
  bool poll_once() {
    std::vector<pollfd> polled;
    for (const Worker& each : workers_)
      if (each.id > 0) polled.push_back({.fd = each.fd, .events = POLLIN, .revents = 0});
    if (polled.empty()) return false;
    ::poll(polled.data(), polled.size(), patience_milliseconds);  // an interruption is as good as an event
    for (const pollfd& each : polled)
      if (each.revents != 0) read_from(each.fd);
    if (work_.meanwhile) work_.meanwhile();
    return true;
  }

  void read_from(int fd) {
    for (std::uint32_t worker = 0; worker < workers_.size(); ++worker) {
      Worker& each = workers_[worker];
      if (each.id == 0 || each.fd != fd) continue;
      std::array<char, chunk_bytes> chunk{};
      const ssize_t count = ::read(fd, chunk.data(), chunk.size());
      if (count > 0) each.said.text.append(chunk.data(), static_cast<std::size_t>(count));
      if (count == 0) bury(worker);
    }
  }

  void bury(std::uint32_t worker) {
    Worker& each = workers_[worker];
    each.said.trouble = trouble_of(wait_for(each), each.said.text);
    if (!each.said.trouble.empty()) each.said.text.clear();
    ::close(each.fd);
    each.id = 0;
    if (work_.gone) work_.gone(worker);
  }

  static int wait_for(const Worker& worker) {
    int status = 0;
    while (::waitpid(worker.id, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
  }

  const Work& work_;
  std::vector<Worker> workers_;
};

}  // namespace

std::vector<Said> run_workers(std::uint32_t count, const Work& work) {
  Pack pack(work);
  pack.start(count);
  return pack.collect();
}

}  // namespace heddle::workers
