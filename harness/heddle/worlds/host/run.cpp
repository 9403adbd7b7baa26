// See the header. All processes of a run hold the writing end of one pipe, so its end of file proves that
// the last of them is gone.
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <new>
#include <optional>
#include <system_error>

#include <heddle/worlds/host/jitter.hpp>
#include <heddle/worlds/host/run.hpp>
#include <heddle/worlds/host/supervisor.hpp>
#include <mp/process/exit_sequence.hpp>
#include <mp/process/uncaught.hpp>

namespace heddle::host {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds patience(50);  // how late an interruption may be noticed
constexpr int descriptor_min = 200;                // out of the way of the program's own
constexpr std::chrono::seconds grace(5);           // for killing everybody

[[noreturn]] void refuse(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { close(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

/// The count of objects, in memory that all processes of the run share.
class SharedCount {
 public:
  SharedCount() {
    void* block = ::mmap(nullptr, sizeof(Count), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) refuse("cannot map shared memory");
    count_ = new (block) Count(0);
  }
  ~SharedCount() { ::munmap(count_, sizeof(Count)); }
  SharedCount(const SharedCount&) = delete;
  SharedCount& operator=(const SharedCount&) = delete;
  std::atomic<std::uint32_t>& get() { return *count_; }

 private:
  using Count = std::atomic<std::uint32_t>;
  Count* count_;
};

/// The life of the main process; gives its exit status.
int live(const Program& program, const Reporter& reporter, std::atomic<std::uint32_t>& objects,
         std::uint64_t seed) {
  HostOs os(reporter, objects);
  HostSession session(reporter, seed);
  const mp::OsScope os_scope(&os);
  const SessionScope session_scope(&session);
  std::ranges::fill(os.process_slot(), std::byte{});  // the harness's own, copied by fork
  std::ranges::fill(os.task_slot(), std::byte{});
  const mp::detail::Runner runner{.heading = "Process main:", .kind = mp::ObjectKind::process};
  const int status = mp::detail::run_guarded(os, runner, program.body);
  mp::finish_process();
  return status;
}

class Watch {
 public:
  Watch(pid_t supervisor, int fd, const HostOptions& options, std::uint64_t seed)
      : supervisor_(supervisor),
        fd_(fd),
        deadline_(SteadyClock::now() + std::chrono::ceil<SteadyClock::duration>(options.deadline)),
        is_interrupted_(options.is_interrupted),
        run_{.collection = Collection(options.judge_misuse), .unfinished = {}} {
    if (options.jitter) jitter_.emplace(seed);
  }

  Run watch() {
    while (read_on()) {
      if (jitter_) jitter_->disturb(run_.collection.main_process(), run_.collection.names());
      if (is_told_) {
        if (SteadyClock::now() > given_up_) break;
      } else if (is_interrupted_ && is_interrupted_()) {
        run_.is_interrupted = true;
        tell_to_end();
      } else if (SteadyClock::now() > deadline_ && !run_.collection.main_has_ended()) {
        run_.is_hung = true;
        note_unfinished();
        tell_to_end();
      } else if (run_.collection.is_settled()) {
        tell_to_end();
      }
    }
    end();
    return std::move(run_);
  }

 private:
  timespec time_until_next_look() const {
    const auto wait = jitter_ ? std::min<std::chrono::nanoseconds>(jitter_->pause(), patience)
                              : std::chrono::nanoseconds(patience);
    return {.tv_sec = 0, .tv_nsec = wait.count()};
  }

  /// Waits a while and takes in what has come; false at end of file.
  bool read_on() {
    pollfd watched{.fd = fd_, .events = POLLIN, .revents = 0};
    const timespec wait = time_until_next_look();
    if (::ppoll(&watched, 1, &wait, nullptr) <= 0) return true;
    std::array<char, 65536> block{};
    const ssize_t count = ::read(fd_, block.data(), block.size());
    if (count < 0) return errno == EINTR;
    buffer_.append(block.data(), static_cast<std::size_t>(count));
    while (const auto message = take_message(buffer_)) run_.collection.add(*message);
    return count > 0;
  }

  void tell_to_end() {
    jitter_.reset();
    is_told_ = true;
    given_up_ = SteadyClock::now() + grace;
    ::kill(supervisor_, SIGTERM);
  }

  void note_unfinished() {
    for (const auto& [process, name] : run_.collection.names())
      if (is_running(static_cast<pid_t>(process))) run_.unfinished.push_back(name);
  }

  /// Only a supervisor that somebody else has stopped or killed leaves anything to do here.
  void end() {
    if (is_told_ && SteadyClock::now() > given_up_) {
      ::kill(supervisor_, SIGKILL);
      if (run_.collection.main_process() > 0) ::kill(-run_.collection.main_process(), SIGKILL);
    }
    while (::waitpid(supervisor_, nullptr, 0) < 0 && errno == EINTR) continue;
  }

  const pid_t supervisor_;
  const int fd_;
  const SteadyClock::time_point deadline_;
  const std::function<bool()>& is_interrupted_;
  std::string buffer_;
  Run run_;
  std::optional<Jitter> jitter_;
  bool is_told_ = false;
  SteadyClock::time_point given_up_;
};

}  // namespace

Run run_once(const Program& program, const HostOptions& options, std::uint64_t seed) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) refuse("cannot make a pipe");
  const Fd reading(ends[0]);
  Fd low(ends[1]);
  Fd writing(::fcntl(low.get(), F_DUPFD_CLOEXEC, descriptor_min));
  if (writing.get() < 0) refuse("cannot duplicate a descriptor");
  low.close();
  SharedCount objects;
  const Reporter reporter(writing.get());
  const pid_t supervisor = start_supervised(reporter, [&] {
    ::close(reading.get());
    return live(program, reporter, objects.get(), seed);
  });
  if (supervisor < 0) refuse("cannot start a process");
  writing.close();
  return Watch(supervisor, reading.get(), options, seed).watch();
}

}  // namespace heddle::host
