// A program for tests of strategies: tasks that are all there from the beginning, none of which ever waits,
// and each of whose steps touches one thing. An execution is the order in which the tasks took their steps.
#pragma once

#include <string>
#include <vector>

#include <heddle/core/strategy.hpp>

namespace heddle {

class ToyProgram final : public Tasks {
 public:
  explicit ToyProgram(std::vector<std::vector<Access>> tasks) : tasks_(std::move(tasks)) {}

  /// The tasks in the order of their steps; empty if the strategy has no more executions, or abandons this
  /// one.
  std::vector<TaskIndex> run(Strategy& strategy, std::uint64_t execution) {
    if (!strategy.begin(execution)) return {};
    done_.assign(tasks_.size(), 0);
    steps_ = {};
    choices_.assign(tasks_.size(), 0);
    std::vector<TaskIndex> order;
    current_ = 0;
    take_step(0);  // as in life, the program's first step is nobody's choice
    order.push_back(0);
    while (find_candidates()) {
      const std::uint32_t answer = ask(strategy);
      if (answer == abandon) {
        order.clear();
        break;
      }
      current_ = candidates_.at(answer);
      take_step(current_);
      order.push_back(current_);
    }
    all_seen = strategy.end();
    return order;
  }

  bool all_seen = false;

  TaskIndex candidate(std::uint32_t answer) const override { return candidates_.at(answer); }
  std::string label(TaskIndex task) const override { return std::to_string(task); }
  TaskId id(TaskIndex task) const override { return task + 1; }
  TaskIndex parent(TaskIndex task) const override { return task == 0 ? no_task : 0; }
  Access intent(TaskIndex task) const override { return tasks_[task][done_[task]]; }
  const Steps& steps() const override { return steps_; }

 private:
  /// Whoever has steps left, the current task first.
  bool find_candidates() {
    candidates_.clear();
    for (TaskIndex i = 0; i < tasks_.size(); ++i) {
      const auto task = static_cast<TaskIndex>((current_ + i) % tasks_.size());
      if (done_[task] < tasks_[task].size()) candidates_.push_back(task);
    }
    return !candidates_.empty();
  }
  std::uint32_t ask(Strategy& strategy) {
    const auto count = static_cast<std::uint32_t>(candidates_.size());
    if (count < 2 && strategy.attention() == Attention::choices) return 0;
    return strategy.choose({.kind = ChoiceKind::task,
                            .task = current_,
                            .ordinal = choices_[current_]++,
                            .count = count,
                            .tasks = this,
                            .is_preemption = candidates_.front() == current_});
  }
  void take_step(TaskIndex task) {
    steps_.accesses.push_back(tasks_[task][done_[task]++]);
    steps_.rows.push_back({.task = task, .accesses_end = static_cast<std::uint32_t>(steps_.accesses.size())});
  }

  const std::vector<std::vector<Access>> tasks_;
  std::vector<std::size_t> done_;
  std::vector<std::uint32_t> choices_;
  std::vector<TaskIndex> candidates_;
  TaskIndex current_ = 0;
  Steps steps_;
};

/// So many tasks of so many steps that all change one thing, behind a task with one step of its own.
inline ToyProgram contenders(std::size_t tasks, std::size_t steps) {
  std::vector<std::vector<Access>> all{{Access{.thing = 99, .kind = AccessKind::read}}};
  all.resize(tasks + 1, std::vector<Access>(steps, {.thing = 1, .kind = AccessKind::write}));
  return ToyProgram(std::move(all));
}

}  // namespace heddle
