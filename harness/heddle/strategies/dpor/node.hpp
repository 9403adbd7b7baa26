// The choices of the present execution from its beginning, each with what is known of what else there is to
// try. Kept by depth for the storage.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include <heddle/core/choice.hpp>
#include <heddle/strategies/dpor/wakeup_trees.hpp>

namespace heddle::dpor {

/// A task all of whose choices below a point are explored, and what its next step touches in any of them.
struct Sleeper {
  TaskIndex task = no_task;
  std::vector<Access> accesses;
};

struct Node {
  ChoiceKind kind{};
  std::uint32_t count = 0;
  std::uint32_t answer = 0;
  // Of kind task:
  StepIndex step = 0;              // the one that is chosen here
  std::vector<TaskIndex> enabled;  // by answer
  BranchIndex branch = no_branch;  // what is to be tried here; the first is being tried
  std::vector<Access> touched;     // by the step chosen here, where it had other outcomes
  std::vector<Sleeper> sleepers;   // the first `sleepers_count`
  std::size_t sleepers_count = 0;

  TaskIndex chosen() const { return enabled[answer]; }
  bool is_sleeping(TaskIndex task) const {
    return std::ranges::any_of(asleep(), [task](const Sleeper& each) { return each.task == task; });
  }
  std::span<const Sleeper> asleep() const { return std::span(sleepers).first(sleepers_count); }
  Sleeper& add_sleeper(TaskIndex task) {
    if (sleepers.size() == sleepers_count) sleepers.emplace_back();
    Sleeper& added = sleepers[sleepers_count++];
    added.task = task;
    added.accesses.clear();
    return added;
  }
};

}  // namespace heddle::dpor
