// How much the long tests explore: all of it in an ordinary build, a fifth where a sanitizer looks at each
// memory access, for it looks at the same code each time.
#pragma once

#include <cstdint>

namespace heddle::trial {

constexpr std::uint64_t effort(std::uint64_t executions) {
#ifdef HEDDLE_SANITIZED
  return executions / 5;
#else
  return executions;
#endif
}

}  // namespace heddle::trial
