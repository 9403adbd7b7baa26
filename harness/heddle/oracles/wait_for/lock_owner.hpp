// Who holds the lock that a task waits for.
#pragma once

#include <optional>

#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {

/// Who took a lock and has not given it back.
struct LockOwner {
  TaskIndex task = no_task;
  OperationIndex acquired = none;
};

/// Absent if the task waits for something else than a lock, or nobody has taken it.
std::optional<LockOwner> owner_of(const Situation& situation, TaskIndex waiter);

/// The same if the owner is dead: absent if it lives.
std::optional<LockOwner> dead_owner(const Situation& situation, TaskIndex waiter);

Finding lock_orphaned(const Situation& situation, HopelessSet set, TaskIndex waiter, const LockOwner& owner);

}  // namespace heddle
