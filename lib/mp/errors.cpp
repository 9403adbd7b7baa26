// Out of line what errors.hpp need not include <cerrno> for.
#include <mp/errors.hpp>

#include <cerrno>
#include <utility>

namespace mp {

BrokenPipeError::BrokenPipeError(const std::string& words) : OSError(words, EPIPE) {}
ConnectionResetError::ConnectionResetError(const std::string& words) : OSError(words, ECONNRESET) {}
ConnectionRefusedError::ConnectionRefusedError(const std::string& words) : OSError(words, ECONNREFUSED) {}
FileNotFoundError::FileNotFoundError(const std::string& words) : OSError(words, ENOENT) {}
FileExistsError::FileExistsError(const std::string& words) : OSError(words, EEXIST) {}

BufferTooShort::BufferTooShort(std::vector<std::byte> message)
    : ProcessError("a message of " + std::to_string(message.size()) + " bytes does not fit the buffer"),
      message_(std::make_shared<const std::vector<std::byte>>(std::move(message))) {}

RemoteError::RemoteError(const std::string& words) : RemoteError({}, words) {}

RemoteError::RemoteError(const std::string& type, const std::string& words)
    : Error(type.empty() || words.empty() ? type + words : type + ": " + words),
      type_(std::make_shared<const std::string>(type)),
      words_(std::make_shared<const std::string>(words)) {}

}  // namespace mp
