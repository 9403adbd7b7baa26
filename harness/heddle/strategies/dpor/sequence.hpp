// Steps that are to be taken in this order from some point of an execution instead of what was taken there:
// those that do not depend on its first step, and then one that did, so that the two change places.
//
// The accesses are those that the steps made in the execution they are taken from. They are what the steps
// will make, but for the last, which now comes before something that it depended on: there they are a guess.
// A wrong guess costs an execution that is abandoned, and hides nothing: where steps touch more than was
// thought, the race between them is found when they are taken.
#pragma once

#include <span>
#include <vector>

#include <heddle/core/access.hpp>

namespace heddle::dpor {

inline bool conflict(std::span<const Access> some, std::span<const Access> others) {
  for (const Access& one : some)
    for (const Access& other : others)
      if (heddle::conflict(one, other)) return true;
  return false;
}

struct Move {
  TaskIndex task = no_task;
  std::span<const Access> accesses;
  bool is_open = false;  // it has several outcomes, all of which are tried
};

class Sequence {
 public:
  void clear() { moves_.clear(); }
  void add(const Move& move) { moves_.push_back(move); }
  std::span<const Move> moves() const { return moves_; }

  /// Can this step come first and the rest, without it if it is one of them, after it, and nobody notices?
  bool can_begin_with(TaskIndex task, std::span<const Access> accesses) const {
    for (const Move& each : moves_) {
      if (each.task == task) return true;
      if (conflict(each.accesses, accesses)) return false;
    }
    return true;
  }
  /// The task has taken a step: its first is none of the rest.
  void drop(TaskIndex task) {
    for (auto each = moves_.begin(); each != moves_.end(); ++each)
      if (each->task == task) {
        moves_.erase(each);
        return;
      }
  }

 private:
  std::vector<Move> moves_;
};

}  // namespace heddle::dpor
