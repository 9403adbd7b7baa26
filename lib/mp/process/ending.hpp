// How a process or a thread that we started ended, known to all that ask. The Os tells it once, to one of
// those who wait; the others are told that there is nothing to wait for, at a moment when the one may not
// have said so yet. So everybody waits here, and nobody returns without the answer (the cure of PROC-18):
// who is told that there is nothing to wait for knows that it has ended, and waits for the one beyond any
// deadline.
//
// What always holds: an answer, once known, does not change. An end that nobody here was told (something
// else in the program reaped the child) counts as exit status 255.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>

#include <mp/os/os.hpp>
#include <mp/process/state.hpp>

namespace mp::detail {

class Ending {
 public:
  /// Waits until the end is known or the deadline has passed. `ask` waits once: it takes a deadline and
  /// gives a Result<ProcessEnd>, of which ECHILD and ESRCH mean that the end was told to another.
  /// Any other failure is given back.
  template <std::invocable<Instant> Ask>
  Result<ProcessEnd> await(Os& os, Instant deadline, Ask&& ask) {
    if (const std::optional<ProcessEnd> known = enter(os)) return *known;
    const Result<ProcessEnd> told = ask(deadline);
    return leave(os, told);
  }

  /// Has the end been told to anybody here? Asks nobody.
  bool is_known(Os& os) const;

 private:
  std::optional<ProcessEnd> enter(Os& os);
  Result<ProcessEnd> leave(Os& os, const Result<ProcessEnd>& told);
  ProcessEnd await_answer(Os& os);

  // All but the word are touched under a StateLock only.
  std::optional<ProcessEnd> end_;
  std::uint32_t asking_ = 0;  // tasks that may yet be told by the Os
  std::uint32_t parked_ = 0;  // tasks that the Os sent away, on their way to sleep on known_ or asleep
  Word known_;                // 1 once end_ is known and somebody had parked
};

}  // namespace mp::detail
