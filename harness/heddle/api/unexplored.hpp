// Parts of a program that need no exploring: set-up, mostly.
#pragma once

namespace heddle {

/// While one is alive, whatever the harness decides in this execution is decided as in its default run, for
/// all tasks: no other task runs, no fault strikes, no timer comes early unless it has to, `choose` gives 0.
/// What comes later is explored in full. With the start of a manager's server left out so, a program whose
/// interleavings can all be run may become one; results say that a part was left unexplored. Ends with its
/// task at the latest. Nothing happens outside a harness and on the host.
class Unexplored {
 public:
  Unexplored();
  ~Unexplored();
  Unexplored(const Unexplored&) = delete;
  Unexplored& operator=(const Unexplored&) = delete;
};

}  // namespace heddle
