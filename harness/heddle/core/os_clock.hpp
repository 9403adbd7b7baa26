// The os clock (DESIGN §7): what happened before what as the kernel sees it, through every access to a
// word, stream, process or thread. Coarser questions than the program clock's are asked of it: it says
// what did happen in this order, not what the program may rely on. Kept only while recording.
#pragma once

#include <cstdint>
#include <vector>

#include <heddle/core/clock.hpp>
#include <heddle/core/table.hpp>

namespace heddle {

class OsClock {
 public:
  void clear();
  /// The task synchronises, in both directions, with whatever is at this address.
  void synchronise(TaskIndex task, const void* address);

  const Clock& of(TaskIndex task) const { return tasks_[task].clock; }
  Epoch now(TaskIndex task) const { return {task, tasks_[task].clock.at(task)}; }

 private:
  struct Row {
    const void* address = nullptr;  // compared for equality only
    Clock clock;
    void reset() {
      address = nullptr;
      clock.clear();
    }
  };
  Table<Row> tasks_;
  Table<Row> things_;
};

}  // namespace heddle
