// Lists of branches by index.
#include <heddle/strategies/dpor/wakeup_trees.hpp>

#include <utility>

namespace heddle::dpor {

BranchIndex WakeupTrees::add(TaskIndex task, std::span<const Access> accesses) {
  if (free_.empty()) {
    free_.push_back(static_cast<BranchIndex>(branches_.size()));
    branches_.emplace_back();
  }
  const BranchIndex index = free_.back();
  free_.pop_back();
  Branch& added = branches_[index];
  added.task = task;
  added.next = added.below = no_branch;
  added.accesses.assign(accesses.begin(), accesses.end());
  return index;
}

BranchIndex WakeupTrees::take_below(BranchIndex branch) {
  return std::exchange(branches_[branch].below, no_branch);
}

BranchIndex WakeupTrees::remove(BranchIndex branch) {
  remove_all(branches_[branch].below);
  free_.push_back(branch);
  return branches_[branch].next;
}

void WakeupTrees::remove_all(BranchIndex first) {
  while (first != no_branch) first = remove(first);
}

// Down the first path that the sequence agrees with. If the path ends, all that begins with the sequence is
// tried below its end anyway.
void WakeupTrees::insert(BranchIndex first, Sequence& sequence) {
  BranchIndex last = first;
  for (BranchIndex each = branches_[first].next; each != no_branch;) {
    last = each;
    const Branch& branch = branches_[each];
    if (!sequence.can_begin_with(branch.task, branch.accesses)) {
      each = branch.next;
      continue;
    }
    if (branch.below == no_branch) return;
    sequence.drop(branch.task);
    each = branch.below;
  }
  append_behind(last, sequence);
}

void WakeupTrees::append_behind(BranchIndex last, const Sequence& sequence) {
  bool is_first = true;
  for (const Move& move : sequence.moves()) {
    const BranchIndex added = add(move.task, move.accesses);
    (is_first ? branches_[last].next : branches_[last].below) = added;
    is_first = false;
    last = added;
    if (move.is_open) return;
  }
}

}  // namespace heddle::dpor
