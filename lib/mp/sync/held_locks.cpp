// The list of held locks: a few entries in the task slot, the rest on the heap while there is a rest.
#include <mp/sync/held_locks.hpp>

#include <algorithm>
#include <iterator>
#include <span>

#include <mp/process/state.hpp>

namespace mp {

namespace {

std::span<HeldLock> in_slot(TaskState& task) { return std::span(task.held).first(task.held_count); }

// Few tasks hold more locks than lie in the slot; the rest is out of the way of the others.
[[gnu::cold]] HeldLock* find_among_more(TaskState& task, std::uint64_t lock) {
  const auto found = std::ranges::find(*task.held_more, lock, &HeldLock::lock);
  return found == task.held_more->end() ? nullptr : &*found;
}

[[gnu::cold]] void remember_more(TaskState& task, const HeldLock& held) {
  if (task.held_more == nullptr) task.held_more = new std::vector<HeldLock>;
  task.held_more->push_back(held);
}

// The list on the heap is given back as soon as it is empty: nobody looks after a task that has ended.
[[gnu::cold]] void forget_more(TaskState& task, HeldLock& entry) {
  entry = task.held_more->back();
  task.held_more->pop_back();
  if (!task.held_more->empty()) return;
  delete task.held_more;
  task.held_more = nullptr;
}

inline HeldLock* find(TaskState& task, std::uint64_t lock) {
  for (HeldLock& entry : in_slot(task)) {
    if (entry.lock == lock) return &entry;
  }
  return task.held_more == nullptr ? nullptr : find_among_more(task, lock);
}

inline void remember(TaskState& task, const HeldLock& held) {
  if (task.held_count == std::size(task.held)) return remember_more(task, held);
  task.held[task.held_count++] = held;
}

inline void forget(TaskState& task, HeldLock& entry) {
  const std::span<HeldLock> near = in_slot(task);
  if (&entry < near.data() || &entry >= near.data() + near.size()) return forget_more(task, entry);
  entry = near.back();
  --task.held_count;
}

}  // namespace

LockIdentity draw_lock_identity(Os& os) {
  std::uint64_t drawn = 0;
  os.random_bytes(std::as_writable_bytes(std::span(&drawn, 1)));
  return LockIdentity{drawn | 1};
}

std::uint32_t held_depth(Os& os, LockIdentity lock) {
  const HeldLock* const entry = find(task_state(os), static_cast<std::uint64_t>(lock));
  return entry == nullptr ? 0 : entry->depth;
}

void set_held_depth(Os& os, LockIdentity identity, std::uint32_t depth) {
  const auto lock = static_cast<std::uint64_t>(identity);
  TaskState& task = task_state(os);
  HeldLock* const entry = find(task, lock);
  if (entry == nullptr) {
    if (depth > 0) remember(task, {.lock = lock, .depth = depth});
  } else if (depth > 0) {
    entry->depth = depth;
  } else {
    forget(task, *entry);
  }
}

}  // namespace mp
