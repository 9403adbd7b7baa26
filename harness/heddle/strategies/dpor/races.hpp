// What happened before what in one execution, and which pairs of its steps raced: two steps of different
// tasks that touch one thing in ways that do not commute, with nothing between them that orders them. The
// order is that of each task's own steps, of conflicting accesses, and of whoever made a task able to run
// before what it does then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <heddle/core/access.hpp>

namespace heddle::dpor {

struct Race {
  StepIndex first = 0;
  StepIndex second = 0;
};

class Races {
 public:
  /// Looks at all of an execution.
  void look(const Steps& steps);
  std::span<const Race> found() const { return races_; }
  bool is_before(StepIndex first, StepIndex second) const {
    return clock_of(second)[tasks_[first]] >= numbers_[first];
  }

 private:
  struct Thing {
    ThingId id = no_thing;
    std::uint32_t look = 0;  // of which the rest is
    AccessKind kind{};       // of the latest
    std::vector<StepIndex> latest;
    std::vector<StepIndex> before;  // what the latest do not commute with
  };
  std::span<std::uint32_t> clock_of(StepIndex step) {
    return std::span(clocks_).subspan(std::size_t{step} * task_count_, task_count_);
  }
  std::span<const std::uint32_t> clock_of(StepIndex step) const {
    return std::span(clocks_).subspan(std::size_t{step} * task_count_, task_count_);
  }
  void begin(const Steps& steps);
  void take(const Steps& steps, StepIndex step);
  void order(StepIndex first, StepIndex second);
  void order_after_all(StepIndex latest, StepIndex step);
  void touch(std::span<const Access> accesses, StepIndex step);
  void look_for_races(std::span<const Access> accesses, StepIndex step);
  void collect(std::span<const Access> accesses, TaskIndex task);
  void enter(const Steps& steps, StepIndex step);
  Thing& thing(ThingId id);

  std::size_t task_count_ = 0;
  std::vector<TaskIndex> tasks_;        // by step
  std::vector<std::uint32_t> numbers_;  // by step: which of its task's, from 1
  std::vector<std::uint32_t> clocks_;   // by step, then by task: how many of the task's steps come before it
  std::vector<StepIndex> last_;         // by task
  StepIndex time_passed_behind_ = no_step;
  std::vector<std::uint32_t> all_before_;  // a clock: of all that had come when time passed
  std::vector<Thing> things_;              // open addressing; a power of two of them
  std::size_t things_used_ = 0;
  std::uint32_t looks_ = 0;
  std::vector<StepIndex> others_;  // that the accesses at hand do not commute with
  std::vector<Race> races_;
};

}  // namespace heddle::dpor
