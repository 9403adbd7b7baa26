// Vector clocks over tasks: entry t of a clock says how much of task t's past is known to have happened
// before. Stored flat in one block that is reused from execution to execution; joining is one pass.
// (Mattern 1988, Fidge 1988; epochs as in FastTrack, Flanagan and Freund 2009.)
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <heddle/core/choice.hpp>

namespace heddle {

/// A moment in one task's own life.
struct Epoch {
  TaskIndex task = no_task;
  std::uint32_t time = 0;
};

class Clock {
 public:
  void clear() { times_.clear(); }
  std::uint32_t at(TaskIndex task) const { return task < times_.size() ? times_[task] : 0; }
  void tick(TaskIndex task) {
    if (task >= times_.size()) times_.resize(task + 1, 0);
    ++times_[task];
  }
  void join(const Clock& other) {
    if (other.times_.size() > times_.size()) times_.resize(other.times_.size(), 0);
    for (std::size_t task = 0; task < other.times_.size(); ++task)
      times_[task] = std::max(times_[task], other.times_[task]);
  }
  /// Did this moment happen before everything that comes after this clock?
  bool knows(Epoch moment) const { return at(moment.task) >= moment.time; }

 private:
  std::vector<std::uint32_t> times_;
};

}  // namespace heddle
