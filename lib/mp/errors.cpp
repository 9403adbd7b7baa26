// Out of line what errors.hpp need not include <cerrno> for.
#include <mp/errors.hpp>

#include <cerrno>

namespace mp {

BrokenPipeError::BrokenPipeError(const std::string& words) : OSError(words, EPIPE) {}

}  // namespace mp
