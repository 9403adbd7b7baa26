// A lock held while its holder waits for what only another brings about: the end of a process, an item, room
// in a queue, a notification. Had the holder taken the lock first, and the other needed it before it got so
// far, neither would go on. That the other needs the lock is seen by its having taken it before it ended the
// wait, with nothing but that lock between it and the wait. Not so if it has also made the wait necessary
// after it took the lock: who takes all its permits in one, under a lock, waits for nobody who waits for that
// lock.
#pragma once

#include <vector>

#include <heddle/core/finding.hpp>
#include <heddle/core/situation.hpp>

namespace heddle::lock_order {

class HeldWaits {
 public:
  void begin();
  void begun(OperationIndex operation, const Situation& situation);
  void taken(ObjectIndex lock, OperationIndex taking, const Situation& situation);
  void ended(OperationIndex operation, const Situation& situation);
  void conclude(const Situation& situation, Findings& findings) const;

 private:
  struct Taking {
    ObjectIndex lock = none;
    OperationIndex operation = none;
    Epoch when = {};
  };
  /// Of one task, the latest of each lock.
  struct Takings {
    std::vector<Taking> latest = {};
    void reset() { latest.clear(); }
  };
  /// What a task knew when its wait began, if it held a lock.
  struct Wait {
    OperationIndex operation = none;
    Clock known = {};
    void reset() {
      operation = none;
      known.clear();
    }
  };
  struct Danger {
    OperationIndex wait = none;
    OperationIndex acquired = none;  // by who waits
    OperationIndex needed = none;    // by who ended the wait
  };

  Table<Takings> takings_;  // by task
  Table<Wait> waits_;       // by task
  std::vector<Danger> dangers_;
};

}  // namespace heddle::lock_order
