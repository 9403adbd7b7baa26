// Which looks are polling: made again and again by one task, at one place of the program, at one thing that
// the task has not changed in between. Kept once per such look, and found by hashing, so that an execution
// may be long and look at thousands of elements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <heddle/core/situation.hpp>
#include <heddle/core/table.hpp>

namespace heddle::sleep_order {

class Polls {
 public:
  void begin();
  void looked(const OperationRow& row);
  void changed(const OperationRow& row);
  bool is_polled(const OperationRow& row) const;

  /// Calls visit(location) for each place of the program where somebody polls.
  template <class Visit>
  void visit(Visit visit) const {
    for (const Look& each : looks_)
      if (each.is_repeated) visit(each.where);
  }

 private:
  struct Look {
    TaskIndex task = no_task;
    ObjectIndex object = none;
    std::uint64_t part = 0;
    mp::Verb verb{};
    mp::Location where = {};
    std::uint64_t changes = 0;  // that the task had made to the object when it looked last
    bool is_repeated = false;
    bool is_of(const OperationRow& row) const;
  };
  /// How often each task has changed an object; the number of a task that has not may be missing.
  struct Changes {
    std::vector<std::uint64_t> of_tasks;
    void reset() { of_tasks.clear(); }
  };

  /// Where the look is, or where it would have to be.
  std::size_t slot_of(const OperationRow& row) const;
  void grow();
  std::uint64_t changes_by(const OperationRow& row) const;

  std::vector<Look> looks_;
  std::vector<std::uint32_t> slots_;  // by hash: 1 + the index of a look, 0 where none is; never full
  Table<Changes> changes_;            // by object
};

}  // namespace heddle::sleep_order
