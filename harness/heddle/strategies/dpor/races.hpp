// What happened before what in one execution, and which pairs of its steps raced: two steps of different
// tasks that touch one thing in ways that do not commute, with nothing between them that orders them. The
// order is that of each task's own steps, of conflicting accesses, and of whoever made a task able to run
// before what it does then.
#pragma once

#include <compare>
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
  /// Looks at all of an execution; the pairs whose second step is `from` or later are kept.
  void look(const Steps& steps, StepIndex from);
  std::span<const Race> found() const { return races_; }
  bool is_before(StepIndex first, StepIndex second) const {
    return clock_of(second)[tasks_[first]] >= numbers_[first];
  }
  /// The tasks that can run first where the steps behind race.first that do not depend on it go before it,
  /// with race.second behind them.
  void initials(const Race& race, std::vector<TaskIndex>& into);

 private:
  struct Thing {
    ThingId id = no_thing;
    std::uint32_t look = 0;  // of which the rest is
    AccessKind kind{};       // of the latest
    std::vector<StepIndex> latest;
    std::vector<StepIndex> before;  // what the latest do not commute with
  };
  /// An earlier step that the one at hand does not commute with.
  struct Pair {
    StepIndex first;
    bool could_swap;
    friend auto operator<=>(const Pair&, const Pair&) = default;
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
  void collect(const Steps& steps, StepIndex step);
  void enter(const Steps& steps, StepIndex step);
  Thing& thing(ThingId id);

  std::size_t task_count_ = 0;
  std::vector<TaskIndex> tasks_;        // by step
  std::vector<std::uint32_t> numbers_;  // by step: which of its task's, from 1
  std::vector<std::uint32_t> clocks_;   // by step, then by task: how many of the task's steps come before it
  std::vector<StepIndex> last_;         // by task
  std::vector<Thing> things_;           // open addressing; a power of two of them
  std::size_t things_used_ = 0;
  std::uint32_t looks_ = 0;
  std::vector<Pair> pairs_;            // with the step at hand
  std::vector<StepIndex> candidates_;  // of the race at hand
  std::vector<Race> races_;
  StepIndex kept_from_ = 0;
};

}  // namespace heddle::dpor
