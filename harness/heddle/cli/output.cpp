// See the header. Written without stdio's buffer, so that a failure is known when it happens. What the
// program under test has printed through stdio comes first.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include <heddle/cli/output.hpp>

namespace heddle::cli {

void Output::write(std::string_view text) {
  if (fd_ < 0) return;
  std::fflush(stdout);
  while (!text.empty() && error_ == 0) {
    const ssize_t count = ::write(fd_, text.data(), text.size());
    if (count >= 0)
      text.remove_prefix(static_cast<std::size_t>(count));
    else if (errno != EINTR)
      error_ = errno;
  }
}

Expected<void> Output::state() const {
  if (error_ == 0) return {};
  return tl::unexpected(Error{.code = "output-failed",
                              .what = std::string("cannot write the output: ") + std::strerror(error_),
                              .hint = "the result is not what was printed; run again with room for it",
                              .exit = ExitCode::internal});
}

}  // namespace heddle::cli
