// One is told, all know.
#include <mp/process/ending.hpp>

#include <cerrno>
#include <limits>

namespace mp::detail {

bool Ending::is_known(Os& os) const {
  const StateLock lock(process_state(os));
  return end_.has_value();
}

std::optional<ProcessEnd> Ending::enter(Os& os) {
  const StateLock lock(process_state(os));
  if (!end_) ++asking_;
  return end_;
}

Result<ProcessEnd> Ending::leave(Os& os, const Result<ProcessEnd>& told) {
  constexpr ProcessEnd untold{.status = 255, .signal = 0};
  const bool sent_away = !told && (told.error().value == ECHILD || told.error().value == ESRCH);
  bool wakes = false;
  {
    const StateLock lock(process_state(os));
    --asking_;
    if (!end_) {
      if (told) {
        end_ = *told;
      } else if (asking_ == 0 && (sent_away || parked_ > 0)) {
        end_ = untold;  // somebody was sent away, and nobody is left who could have been told
      }
      wakes = end_ && parked_ > 0;
    }
    if (!end_ && !sent_away) return told;
    if (!end_) ++parked_;
  }
  if (wakes) {
    os.store(known_, 1);
    os.word_wake(known_, std::numeric_limits<int>::max());
  }
  return await_answer(os);
}

ProcessEnd Ending::await_answer(Os& os) {
  while (true) {
    {
      const StateLock lock(process_state(os));
      if (end_) return *end_;
    }
    // Whoever makes the answer known sees that we have parked, and sets the word before waking us: a
    // sleep that begins too late finds the word changed.
    static_cast<void>(os.word_wait(known_, 0, never));
  }
}

}  // namespace mp::detail
