// What a set of hopeless waits is called, and why, in the primitives' words. Everything is read from the
// history at the time the set is found.
#pragma once

#include <optional>

#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {

// The stories that a set may tell, a file each; absent if it does not.
/// A task waits for a lock that it holds itself.
std::optional<Finding> lock_self_deadlock(const Situation& situation, HopelessSet set);
std::optional<Finding> task_done_missing(const Situation& situation, HopelessSet set);
std::optional<Finding> end_left_open(const Situation& situation, HopelessSet set);
std::optional<Finding> sentinel_shortage(const Situation& situation, HopelessSet set);
std::optional<Finding> event_pulse_missed(const Situation& situation, HopelessSet set);
/// A task joins a process that cannot end: what it put into a queue does not fit the pipe, and all who could
/// make room wait too.
std::optional<Finding> join_before_drain(const Situation& situation, HopelessSet set);
std::optional<Finding> items_lost(const Situation& situation, HopelessSet set);
std::optional<Finding> both_sending(const Situation& situation, HopelessSet set);
std::optional<Finding> barrier_short(const Situation& situation, HopelessSet set);
std::optional<Finding> notify_dead_waiter(const Situation& situation, HopelessSet set);
std::optional<Finding> lost_wakeup(const Situation& situation, HopelessSet set);

/// The finding for a whole set, under its most telling name.
Finding name_hopeless_set(const Situation& situation, HopelessSet set);

/// The finding for an execution in which nobody can run: all waits, and which processes stand stopped.
Finding name_standstill(const Situation& situation);

}  // namespace heddle
