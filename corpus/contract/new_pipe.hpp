// The descriptors of a queue's pipe, for rows about ends that are closed beneath it.
#pragma once

#include <array>
#include <cerrno>
#include <span>
#include <vector>

#include <mp/os/os.hpp>

namespace heddle::trial {

/// Finds the pipe of a queue that is made after it: the last two of the descriptors that are open then and
/// were not before.
class NewPipe {
 public:
  NewPipe() {
    for (mp::Descriptor& fd : free_) fd = mp::os().duplicate(0).value();
    for (const mp::Descriptor fd : free_) static_cast<void>(mp::os().close(fd));
  }
  mp::Descriptor read_end() const { return opened().at(opened().size() - 2); }
  mp::Descriptor write_end() const { return opened().back(); }

 private:
  std::vector<mp::Descriptor> opened() const {
    std::vector<mp::Descriptor> fds;
    for (const mp::Descriptor fd : free_) {
      mp::PollItem item{.fd = fd};
      const mp::Result<int> ready = mp::os().poll(std::span(&item, 1), mp::immediately);
      if (ready || ready.error().value == ETIMEDOUT) fds.push_back(fd);
    }
    return fds;
  }
  std::array<mp::Descriptor, 4> free_{};
};

}  // namespace heddle::trial
