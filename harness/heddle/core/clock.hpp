// Vector clocks over tasks: entry t of a clock says how much of task t's past is known to have happened
// before. Stored flat in one block that is reused from execution to execution; joining is one pass.
// (Mattern 1988, Fidge 1988; epochs as in FastTrack, Flanagan and Freund 2009.)
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
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
    if (this == &other) return;
    const std::size_t tasks = other.times_.size();
    if (tasks > times_.size()) make_room(tasks);
    std::uint32_t* const mine = times_.data();
    const std::uint32_t* const theirs = other.times_.data();
    for (std::size_t first = 0; first < tasks; first += tasks_in_block) {
      const Block one = block_at(mine + first);
      const Block two = block_at(theirs + first);
      const Block later = one > two ? one : two;
      std::memcpy(mine + first, &later, sizeof(later));
    }
  }
  /// Did this moment happen before everything that comes after this clock?
  bool knows(Epoch moment) const { return at(moment.task) >= moment.time; }

 private:
  // Whole blocks, whose entries are joined at once; in memory that an earlier execution has left.
  using Block [[gnu::vector_size(16)]] = std::int32_t;
  static constexpr std::size_t tasks_in_block = sizeof(Block) / sizeof(std::int32_t);
  static Block block_at(const std::uint32_t* times) {
    Block block;
    std::memcpy(&block, times, sizeof(block));
    return block;
  }
  void make_room(std::size_t tasks) {
    times_.resize((tasks + tasks_in_block - 1) / tasks_in_block * tasks_in_block);
  }

  std::vector<std::uint32_t> times_;
};

}  // namespace heddle
