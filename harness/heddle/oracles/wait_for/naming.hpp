// What a set of hopeless waits is called, and why, in the primitives' words. Everything is read from the
// history at the time the set is found.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include <heddle/core/finding.hpp>
#include <heddle/core/situation.hpp>

namespace heddle {

/// Who took a lock and has not given it back.
struct LockOwner {
  TaskIndex task = no_task;
  OperationIndex acquired = none;
};

/// The dead owner of the lock that this task waits for; absent if it waits for something else, or the
/// owner lives.
std::optional<LockOwner> dead_owner(const Situation& situation, TaskIndex waiter);

Finding lock_orphaned(const Situation& situation, std::span<const TaskIndex> set, TaskIndex waiter,
                      const LockOwner& owner);

/// A finding of this rule about this object, with the user tasks of the set as its parties.
Finding finding_of_set(const Situation& situation, std::string_view rule, ObjectIndex object,
                       std::span<const TaskIndex> set);

/// A task joins a process that cannot end: what it put into a queue does not fit the pipe, and all who could
/// make room wait too. Absent if that is not what the set is about.
std::optional<Finding> join_before_drain(const Situation& situation, std::span<const TaskIndex> set);

/// The finding for a whole set, under its most telling name.
Finding name_hopeless_set(const Situation& situation, std::span<const TaskIndex> set);

/// The finding for an execution in which nobody can run: all waits, and which processes stand stopped.
Finding name_standstill(const Situation& situation);

}  // namespace heddle
