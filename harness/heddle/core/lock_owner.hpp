// Who holds a lock, read from the history.
#pragma once

#include <optional>

#include <heddle/core/situation.hpp>

namespace heddle {

/// Who took a lock and has not given it back.
struct LockOwner {
  TaskIndex task = no_task;
  OperationIndex acquired = none;
};

/// Absent if nobody has taken it, or it was given up since, by whomever.
std::optional<LockOwner> owner_of_lock(const Situation& situation, ObjectIndex lock);

/// An operation on a Value or an Array takes the lock of that inside, unless it is raw and has none related.
bool takes_lock_inside(const OperationRow& operation);

}  // namespace heddle
