// Asking again after an interruption. read, write, poll, accept, connect, send_descriptor, receive_descriptor
// and wait_process may end with EINTR, having done nothing (os.hpp); whoever takes that for an answer takes a
// signal for the end of a message, of a process or of the time. A deadline is a moment, so it holds for the
// repeated call as well.
//
//   const Result<int> ready = uninterrupted([&] { return os.poll(items, deadline); });
#pragma once

#include <cerrno>
#include <concepts>

#include <mp/os/result.hpp>

namespace mp {

/// What the call gives once it is not interrupted.
template <std::invocable Call>
auto uninterrupted(Call&& call) {
  while (true) {
    auto result = call();
    if (result || result.error().value != EINTR) return result;
  }
}

}  // namespace mp
