// See the header. The folder is synchronised as well, or a machine that crashes might forget the renaming.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <heddle/results/whole_file.hpp>

namespace heddle::results {
namespace {

constexpr std::size_t chunk_bytes = 65'536;
constexpr mode_t mode = 0644;  // less what the umask takes away

tl::unexpected<Error> unwritable(const std::string& path, int error) {
  return tl::unexpected(Error{
      .code = "result-unwritable",
      .what = fmt::format("cannot write the result to {}: {}", path, std::strerror(error)),
      .hint = "make room, or name a file in a folder that can be written; what was printed is all there is",
      .exit = ExitCode::internal});
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  /// 0 or the error: a network's file system may tell only now that there is no room.
  int close() {
    const int closed = ::close(fd_);
    fd_ = -1;
    return closed == 0 ? 0 : errno;
  }

 private:
  int fd_;
};

/// 0 or the error.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(fd) == 0 ? 0 : errno;
}

std::string folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

/// A file of its own beside the path; its name is filled in.
int open_beside(std::string& name) {
  const mode_t taken_away = ::umask(0);
  ::umask(taken_away);
  const int fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd >= 0) ::fchmod(fd, mode & ~taken_away);
  return fd;
}

int write_and_rename(const std::string& path, const std::string& beside, Descriptor& file,
                     std::string_view text) {
  if (const int error = write_all(file.get(), text); error != 0) return error;
  if (const int error = file.close(); error != 0) return error;
  return std::rename(beside.c_str(), path.c_str()) == 0 ? 0 : errno;
}

}  // namespace

Expected<void> write_whole(const std::string& path, std::string_view text) {
  std::string beside = path + ".XXXXXX";
  Descriptor file(open_beside(beside));
  if (file.get() < 0) return unwritable(path, errno);
  if (const int error = write_and_rename(path, beside, file, text); error != 0) {
    ::unlink(beside.c_str());
    return unwritable(path, error);
  }
  const Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) ::fsync(folder.get());
  return {};
}

Expected<void> check_writable(const std::string& path) {
  struct stat there {};
  if (::stat(path.c_str(), &there) == 0 && S_ISDIR(there.st_mode)) return unwritable(path, EISDIR);
  std::string beside = path + ".XXXXXX";
  const Descriptor file(open_beside(beside));
  if (file.get() < 0) return unwritable(path, errno);
  ::unlink(beside.c_str());
  return {};
}

Expected<std::string> read_whole(const std::string& path) {
  const auto unreadable = [&](int error) {
    return tl::unexpected(Error{.code = "result-unreadable",
                                .what = fmt::format("cannot read {}: {}", path, std::strerror(error)),
                                .hint = "name files that heddle run --result has written"});
  };
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return unreadable(errno);
  std::string text;
  std::array<char, chunk_bytes> chunk{};
  for (;;) {
    const ssize_t count = ::read(file.get(), chunk.data(), chunk.size());
    if (count == 0) return text;
    if (count < 0 && errno != EINTR) return unreadable(errno);
    if (count > 0) text.append(chunk.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace heddle::results
