// Which task holds which locks, by what the tasks did; and which operations take a lock, and wait for it as
// long as it takes.
#pragma once

#include <vector>

#include <heddle/core/situation.hpp>

namespace heddle {

struct HeldLock {
  ObjectIndex lock = none;
  TaskIndex task = no_task;
  OperationIndex acquired = none;
  bool is_given_up = false;  // for as long as a Condition's wait takes
};

class HeldLocks {
 public:
  void begin() { held_.clear(); }
  /// To be told of every operation.
  void begun(const OperationRow& operation);
  void ended(const OperationRow& operation, OperationIndex index);

  /// Calls visit(held) for each that the task has now, the first taken first.
  template <class Visit>
  void visit(TaskIndex task, Visit visit) const {
    for (const HeldLock& each : held_)
      if (each.task == task && !each.is_given_up) visit(each);
  }
  bool any(TaskIndex task) const;
  /// The acquire of the first of them; none: it has none.
  OperationIndex since(TaskIndex task) const;

 private:
  void take(ObjectIndex lock, OperationIndex acquired, TaskIndex task);
  void forget(ObjectIndex lock);
  void mark(ObjectIndex lock, TaskIndex task, bool is_given_up);

  std::vector<HeldLock> held_;
};

/// The lock that the operation has taken: for long, for as long as it touches a Value or an Array, or back
/// after a Condition's wait. None: nothing, or what its task had already.
ObjectIndex lock_taken_by(const OperationRow& operation);

/// Would the operation have waited for its lock however long it takes? A With does, which is told by its
/// acquire and its release having one place in the program; so do those that had to, without a deadline, and
/// all that take a lock inside. Of others, which may make one attempt or have a timeout, nobody knows.
bool waits_for_ever(const Situation& situation, OperationIndex taking);

}  // namespace heddle
