// What an Os call gives back: a value or the errno that explains its absence. The Os never throws;
// primitives turn an Errno into the exception their contract names (errors.hpp).
#pragma once

#include <cerrno>
#include <tl/expected.hpp>

namespace mp {

/// An errno value (ETIMEDOUT, EPIPE, ...); never zero in an error.
struct Errno {
  int value = 0;
  friend bool operator==(Errno, Errno) = default;
};

template <class T>
using Result = tl::expected<T, Errno>;

inline tl::unexpected<Errno> failure(int value) { return tl::unexpected<Errno>(Errno{value}); }

}  // namespace mp
