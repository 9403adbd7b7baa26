// See the header.
#include <csignal>

#include <heddle/engine/breakpoint.hpp>

namespace heddle {

EventMask Breakpoint::interests() const {
  return mask_of(EventKind::operation_begun) | mask_of(EventKind::operation_ended);
}

void Breakpoint::observe(const Event&, const Situation& situation, Findings&) {
  if (situation.step < step_ || (has_stopped_ && situation.step != stopped_at_)) return;
  has_stopped_ = true;
  stopped_at_ = situation.step;
  std::raise(SIGTRAP);
}

}  // namespace heddle
