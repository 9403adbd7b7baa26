// What is still to be tried from the points of an execution: at each a tree of steps, whose paths from the
// root are sequences that have been asked for. What is below the end of a path is tried without being asked.
// All trees share one store of branches, which keeps its memory.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <heddle/strategies/dpor/sequence.hpp>

namespace heddle::dpor {

using BranchIndex = std::uint32_t;
inline constexpr BranchIndex no_branch = UINT32_MAX;

/// A step to be taken. The branches from one point are a list in the order in which they are tried.
struct Branch {
  TaskIndex task = no_task;
  BranchIndex next = no_branch;
  BranchIndex below = no_branch;  // the first of those that follow
  std::vector<Access> accesses;
};

class WakeupTrees {
 public:
  BranchIndex add(TaskIndex task, std::span<const Access> accesses);
  Branch& operator[](BranchIndex index) { return branches_[index]; }
  const Branch& operator[](BranchIndex index) const { return branches_[index]; }
  /// Takes what follows the branch away from it.
  BranchIndex take_below(BranchIndex branch);
  /// Forgets the branch and what follows it. Gives the next in its list.
  BranchIndex remove(BranchIndex branch);
  /// Forgets a list.
  void remove_all(BranchIndex first);
  /// The sequence will be tried from the point whose branches begin with `first`, of which the first itself
  /// is under way and does not count. It ends with its first open step. Uses the sequence up.
  void insert(BranchIndex first, Sequence& sequence);

 private:
  void append_behind(BranchIndex last, const Sequence& sequence);

  std::vector<Branch> branches_;
  std::vector<BranchIndex> free_;
};

}  // namespace heddle::dpor
