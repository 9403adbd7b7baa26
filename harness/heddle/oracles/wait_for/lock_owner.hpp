// Who holds the lock that a task waits for.
#pragma once

#include <optional>

#include <heddle/core/lock_owner.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {

/// Absent if the task waits for something else than a lock, or nobody has taken it.
std::optional<LockOwner> owner_of(const Situation& situation, TaskIndex waiter);

/// The same if the owner is dead: absent if it lives.
std::optional<LockOwner> dead_owner(const Situation& situation, TaskIndex waiter);

Finding lock_orphaned(const Situation& situation, HopelessSet set, TaskIndex waiter, const LockOwner& owner);

}  // namespace heddle
