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

// One pass over the slot: the lock's entry, or else a vacant one.
HeldLock* find_or_vacant(TaskState& task, std::uint64_t lock) {
  HeldLock* vacant = nullptr;
  for (HeldLock& entry : task.held) {
    if (entry.lock == lock) return &entry;
    if (entry.lock == 0 && vacant == nullptr) vacant = &entry;
  }
  return task.held_more == nullptr ? vacant : nullptr;
}

void remember(TaskState& task, const HeldLock& held) {
  HeldLock* entry = find_or_vacant(task, held.lock);
  if (entry == nullptr) entry = find(task, held.lock);  // the rest is on the heap
  if (entry == nullptr) entry = find(task, 0);
  if (entry != nullptr) {
    *entry = held;
    return;
  }
  if (task.held_more == nullptr) task.held_more = new std::vector<HeldLock>;
  task.held_more->push_back(held);
}

// The list on the heap is given back as soon as it is empty: nobody looks after a task that has ended.
void forget(TaskState& task, std::uint64_t lock) {
  for (HeldLock& entry : task.held) {
    if (entry.lock != lock) continue;
    entry = {};
    return;
  }
  if (task.held_more == nullptr) return;
  std::erase_if(*task.held_more, [&](const HeldLock& entry) { return entry.lock == lock; });
  if (!task.held_more->empty()) return;
  delete task.held_more;
  task.held_more = nullptr;
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
  } else {
    remember(task, {.lock = lock, .depth = depth});
  }
}

}  // namespace mp
