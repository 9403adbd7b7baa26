// The words of an errno, and the exception type that goes with it.
#include <mp/shared/os_failure.hpp>

#include <cerrno>
#include <string>
#include <system_error>

#include <mp/errors.hpp>

namespace mp {

void throw_os_error(Errno error, std::string_view what) {
  const std::string words = std::string(what) + ": " + std::generic_category().message(error.value);
  if (error.value == EPIPE) throw BrokenPipeError(words);
  if (error.value == ECONNRESET) throw ConnectionResetError(words);
  if (error.value == ECONNREFUSED) throw ConnectionRefusedError(words);
  if (error.value == ENOENT) throw FileNotFoundError(words);
  if (error.value == EEXIST) throw FileExistsError(words);
  throw OSError(words, error.value);
}

}  // namespace mp
