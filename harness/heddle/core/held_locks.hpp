// Which task holds which locks, by what the tasks did; and which operations take a lock, and wait for it as
// long as it takes.
#pragma once

#include <cstdint>
#include <vector>

#include <heddle/core/task_index.hpp>

namespace heddle {

struct OperationRow;
struct Situation;

struct HeldLock {
  std::uint32_t lock = UINT32_MAX;  // ObjectIndex
  TaskIndex task = no_task;
  std::uint32_t acquired = UINT32_MAX;  // OperationIndex
  bool is_given_up = false;             // for as long as a Condition's wait takes
};

class HeldLocks {
 public:
  void begin() { held_.clear(); }
  /// To be told of every operation; while oracles are told of its end, what it changes is as it was before.
  void begun(const OperationRow& operation);
  void ended(const OperationRow& operation, std::uint32_t index);

  /// Calls visit(held) for each that the task has now, the first taken first.
  template <class Visit>
  void visit(TaskIndex task, Visit visit) const {
    for (const HeldLock& each : held_)
      if (each.task == task && !each.is_given_up) visit(each);
  }
  bool any(TaskIndex task) const;
  /// The acquire of the first of them; none: it has none.
  std::uint32_t since(TaskIndex task) const;

 private:
  void take(std::uint32_t lock, std::uint32_t acquired, TaskIndex task);
  void forget(std::uint32_t lock);
  void mark(std::uint32_t lock, TaskIndex task, bool is_given_up);

  std::vector<HeldLock> held_;
};

/// The lock that the operation has taken: for long, for as long as it touches a Value or an Array, or back
/// after a Condition's wait. None: nothing, or what its task had already.
std::uint32_t lock_taken_by(const OperationRow& operation);

/// Would the operation have waited for its lock however long it takes? A With does, which is told by its
/// acquire and its release having one place in the program; so do those that had to, without a deadline, and
/// all that take a lock inside. Of others, which may make one attempt or have a timeout, nobody knows.
bool waits_for_ever(const Situation& situation, std::uint32_t taking);

}  // namespace heddle
