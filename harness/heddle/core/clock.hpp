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
    if (task >= times_.size()) make_room(task + std::size_t{1});
    ++times_[task];
  }
  void join(const Clock& other) {
    const std::size_t tasks = other.times_.size();
    if (tasks > times_.size()) make_room(tasks);
    const std::uint32_t* const theirs = other.times_.data();
    std::uint32_t* const mine = times_.data();
    for (std::size_t task = 0; task < tasks; ++task) mine[task] = std::max(mine[task], theirs[task]);
  }
  /// Did this moment happen before everything that comes after this clock?
  bool knows(Epoch moment) const { return at(moment.task) >= moment.time; }

 private:
  // A few at a time, in memory that an earlier execution has left.
  void make_room(std::size_t tasks) {
    while (times_.size() < tasks) times_.push_back(0);
  }

  std::vector<std::uint32_t> times_;
};

}  // namespace heddle
