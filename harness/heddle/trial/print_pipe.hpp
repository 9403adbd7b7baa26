// A pipe in place of standard output, for tests of commands: what was printed can be read.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>

namespace heddle::trial {

class PrintPipe {
 public:
  PrintPipe() {
    if (::pipe2(ends_.data(), O_NONBLOCK) != 0) throw std::runtime_error("no pipe");
  }
  ~PrintPipe() {
    for (const int fd : ends_) ::close(fd);
  }
  PrintPipe(const PrintPipe&) = delete;
  PrintPipe& operator=(const PrintPipe&) = delete;

  /// The descriptor to print to.
  int into() const { return ends_[1]; }
  /// What was printed since it was asked last; at most a pipe's room.
  std::string printed() const {
    std::string text(60'000, '\0');
    const ssize_t count = ::read(ends_[0], text.data(), text.size());
    text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    return text;
  }

 private:
  std::array<int, 2> ends_{};
};

}  // namespace heddle::trial
