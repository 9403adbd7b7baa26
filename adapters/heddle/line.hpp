// Lines over a descriptor, whole ones only.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

namespace heddle::adapter {

class Line {
 public:
  explicit Line(int fd) : fd_(fd) {}
  Line(Line&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), read_(std::move(other.read_)), has_ended_(other.has_ended_) {}
  Line& operator=(Line&&) = delete;
  ~Line() { close(); }

  int fd() const { return fd_; }
  bool has_ended() const { return has_ended_; }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

  /// One read; blocks if nothing is there.
  void read_once() {
    std::array<char, 65'536> part{};
    take_in(part, ::read(fd_, part.data(), part.size()));
  }
  /// All that has been written by now; of sockets. Of a pipe one read.
  void read_what_is_there() {
    std::array<char, 65'536> part{};
    ssize_t got = 0;
    while ((got = ::recv(fd_, part.data(), part.size(), MSG_DONTWAIT)) > 0) take_in(part, got);
    if (got < 0 && errno == ENOTSOCK) return read_once();
    if (got == 0) has_ended_ = true;
  }
  /// The next whole line, if it is there.
  bool next(std::string& line) {
    const std::size_t end = read_.find('\n');
    if (end == std::string::npos) return false;
    line = read_.substr(0, end);
    read_.erase(0, end + 1);
    return true;
  }
  void write(std::string_view line) const { write_to(fd_, line); }
  static void write_to(int fd, std::string_view line) {
    std::string text(line);
    text += '\n';
    for (std::string_view rest = text; !rest.empty();) {
      const ssize_t written = ::write(fd, rest.data(), rest.size());
      if (written <= 0 && errno != EINTR) return;
      if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }

 private:
  void take_in(const std::array<char, 65'536>& part, ssize_t got) {
    if (got > 0)
      read_.append(part.data(), static_cast<std::size_t>(got));
    else if (got == 0 || errno != EINTR)
      has_ended_ = true;
  }

  int fd_;
  std::string read_ = {};
  bool has_ended_ = false;
};

}  // namespace heddle::adapter
