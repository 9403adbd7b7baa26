// Spawning on POSIX. Between fork and exec only calls are made that are safe where other threads may have
// held anything at the fork; all memory they need is there before.
#include <mp/os/posix_os_spawning.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>

#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/os/posix_os_birth.hpp>
#include <mp/os/posix_os_images.hpp>
#include <mp/os/posix_os_numbers.hpp>
#include <mp/os/posix_os_tasks.hpp>

namespace mp::posix_spawning {

namespace {

constexpr const char* marker = "--multiprocessing-spawned";  // then the memory file's descriptor
constexpr int no_exec_status = 127;

std::atomic<bool> has_frozen = false;

/// A descriptor of this file alone.
class Owned {
 public:
  explicit Owned(Descriptor fd) : fd_(fd) {}
  ~Owned() {
    if (fd_ >= 0) ::close(fd_);
  }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  Descriptor get() const { return fd_; }
  Descriptor release() { return std::exchange(fd_, -1); }

 private:
  Descriptor fd_;
};

/// A fresh descriptor, or the errno of the call that failed to make it.
Result<Descriptor> above_standard(Descriptor made) {
  if (made < 0) return failure(errno);
  return posix_numbers::above_standard(made);
}

Bytes birth_of(const ProcessStart& start, const posix_images::CodePlace& entry) {
  Encoder encoder(Crossing::birth);
  encoder.text(entry.image);
  encoder.bytes(entry.build_id);
  encoder.natural(entry.offset);
  encoder.bytes(start.payload);
  return encoder.take();
}

/// 0, or the errno.
int write_all(Descriptor fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno != EINTR) return errno;
    if (put > 0) bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return 0;
}

/// 0, or the errno. In the child, before the exec.
int keep_only(std::span<const Descriptor> descriptors, Descriptor birth) {
#ifdef SYS_close_range
  constexpr unsigned close_on_exec = 1U << 2;  // CLOSE_RANGE_CLOEXEC; an old kernel only leaves more open
  ::syscall(SYS_close_range, 3U, ~0U, close_on_exec);
#endif
  for (const Descriptor fd : descriptors) {
    if (::fcntl(fd, F_SETFD, 0) != 0) return errno;
  }
  return ::fcntl(birth, F_SETFD, 0) != 0 ? errno : 0;
}

/// The child, until it is another program; says into `failed` why it cannot become that.
[[noreturn]] void become_the_program(const ProcessStart& start, Descriptor birth, Descriptor failed,
                                     char* const* arguments) {
  posix_birth::empty_standard_input();
  int error = keep_only(start.descriptors, birth);
  if (error == 0) {
    ::execv("/proc/self/exe", arguments);
    error = errno;
  }
  static_cast<void>(!::write(failed, &error, sizeof error));
  ::_exit(no_exec_status);
}

/// The errno with which the child failed; 0 at the end of file that its exec makes.
int how_it_failed(Descriptor told) {
  int error = 0;
  while (::read(told, &error, sizeof error) < 0) {
    if (errno != EINTR) return errno;
  }
  return error;
}

Bytes contents_of(Descriptor fd) {
  struct stat facts {};
  if (::fstat(fd, &facts) != 0) throw OSError("no such memory file", errno);
  Bytes bytes(static_cast<std::size_t>(facts.st_size));
  if (::pread(fd, bytes.data(), bytes.size(), 0) != facts.st_size) throw OSError("no birth to read", errno);
  return bytes;
}

using Entry = int (*)(std::span<const std::byte>);

/// Runs what the memory file says; its exit status.
int live(Descriptor birth) {
  const Bytes bytes = contents_of(birth);
  ::close(birth);
  Decoder decoder(bytes);
  posix_images::CodePlace place;
  place.image = decoder.text();
  place.build_id = decoder.bytes();
  place.offset = decoder.natural();
  const auto entry = reinterpret_cast<Entry>(const_cast<void*>(posix_images::address_of(place)));
  if (entry == nullptr) {
    throw RuntimeError("the target is in no image that this process has: " +
                       (place.image.empty() ? std::string("the program has changed") : place.image));
  }
  return entry(decoder.bytes());
}

/// No other thread starts a process while one of these is there: a child that it forked would keep the end by
/// which this child tells of its exec, and so hold off the end of file for as long as it lives.
class AloneInForking {
 public:
  AloneInForking() { posix_tasks::hold(); }
  ~AloneInForking() { posix_tasks::let_go(); }
  AloneInForking(const AloneInForking&) = delete;
  AloneInForking& operator=(const AloneInForking&) = delete;
};

struct Birth {
  pid_t child = 0;
  Descriptor told = -1;  // where to read how it failed
};

Result<Birth> fork_and_exec(const ProcessStart& start, Descriptor birth, char* const* arguments) {
  const AloneInForking alone;
  std::array<Descriptor, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return failure(errno);
  Owned told(ends[0]);
  const Result<Descriptor> telling = above_standard(ends[1]);
  if (!telling) return failure(telling.error().value);
  const Owned failed(*telling);
  const pid_t child = ::fork();
  if (child == 0) become_the_program(start, birth, failed.get(), arguments);
  if (child < 0) return failure(errno);
  return Birth{.child = child, .told = told.release()};
}

}  // namespace

Result<ProcessId> spawn(const ProcessStart& start) {
  const auto entry = posix_images::place_of(reinterpret_cast<const void*>(start.entry));
  if (!entry || (entry->build_id.empty() && !entry->image.empty())) return failure(ENOEXEC);
  // Before anything is opened here, which would take the number of one that is closed.
  for (const Descriptor fd : start.descriptors) {
    if (::fcntl(fd, F_GETFD) < 0) return failure(errno);
  }
  const Result<Descriptor> file = above_standard(::memfd_create("birth", MFD_CLOEXEC));
  if (!file) return failure(file.error().value);
  const Owned birth(*file);
  if (const int error = write_all(birth.get(), birth_of(start, *entry)); error != 0) return failure(error);
  std::string number = std::to_string(birth.get());
  std::array<char*, 4> arguments{program_invocation_name, const_cast<char*>(marker), number.data(), nullptr};
  const Result<Birth> born = fork_and_exec(start, birth.get(), arguments.data());
  if (!born) return failure(born.error().value);
  const Owned told(born->told);
  const int error = how_it_failed(told.get());
  if (error == 0) return ProcessId{born->child};
  while (::waitpid(born->child, nullptr, 0) < 0 && errno == EINTR) continue;
  return failure(error);
}

void live_if_spawned(int argc, char** argv) {
  has_frozen = true;
  if (argc != 3 || std::strcmp(argv[1], marker) != 0) return;
  Descriptor birth = -1;
  const char* const end = argv[2] + std::strlen(argv[2]);
  if (std::from_chars(argv[2], end, birth).ptr != end) return;
  int status = 1;
  try {
    status = live(birth);
  } catch (const std::exception& exception) {
    std::cerr << "a spawned process cannot begin: " << exception.what() << '\n';
  }
  posix_birth::flush_output();
  ::_exit(status & 0xff);
}

// Asked of the kernel and not of the program, whose main may have kept its arguments to itself.
bool is_unfrozen() {
  if (has_frozen) return false;
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  const std::string line{std::istreambuf_iterator<char>(file), {}};
  const std::size_t first_end = line.find('\0');
  const bool was_spawned = first_end != std::string::npos && line.substr(first_end + 1).starts_with(marker);
  has_frozen = !was_spawned;  // asked once
  return was_spawned;
}

}  // namespace mp::posix_spawning
