// The list of held locks: a few entries in the task slot, the rest on the heap while there is a rest.
#include <mp/sync/held_locks.hpp>

#include <algorithm>
#include <span>

#include <mp/process/state.hpp>

namespace mp {

namespace {

HeldLock* find(TaskState& task, std::uint64_t lock) {
  for (HeldLock& entry : task.held) {
    if (entry.lock == lock) return &entry;
  }
  if (task.held_more == nullptr) return nullptr;
  const auto found = std::ranges::find(*task.held_more, lock, &HeldLock::lock);
  return found == task.held_more->end() ? nullptr : &*found;
}

void add(TaskState& task, const HeldLock& entry) {
  if (HeldLock* const vacant = find(task, 0)) {
    *vacant = entry;
    return;
  }
  if (task.held_more == nullptr) task.held_more = new std::vector<HeldLock>;
  task.held_more->push_back(entry);
}

// The list on the heap is given back as soon as it is empty: nobody looks after a task that has ended.
void forget(TaskState& task, std::uint64_t lock) {
  if (task.held_more != nullptr) {
    std::erase_if(*task.held_more, [&](const HeldLock& entry) { return entry.lock == lock; });
    if (task.held_more->empty()) {
      delete task.held_more;
      task.held_more = nullptr;
    }
  }
  for (HeldLock& entry : task.held) {
    if (entry.lock == lock) entry = {};
  }
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
  if (depth == 0) {
    forget(task, lock);
  } else if (HeldLock* const entry = find(task, lock)) {
    entry->depth = depth;
  } else {
    add(task, {.lock = lock, .depth = depth});
  }
}

}  // namespace mp
