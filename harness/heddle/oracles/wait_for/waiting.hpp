// What is asked again and again about the tasks of a set of hopeless waits.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <heddle/core/finding.hpp>
#include <heddle/core/situation.hpp>

namespace heddle {

/// The tasks whose waits nobody can end.
using HopelessSet = std::span<const TaskIndex>;

/// What the task is doing; null: no operation of a primitive.
const OperationRow* operation_of(const Situation& situation, TaskIndex task);

/// Not a helper of a primitive's own.
bool is_user(const Situation& situation, TaskIndex task);

/// A pool's worker without a task: that it waits says nothing.
bool is_idle_worker(const Situation& situation, TaskIndex task);

/// It waits for somebody else to end, which says nothing about why that one does not.
bool only_joins(const Situation& situation, TaskIndex task);

/// How many items were put into a queue and not got.
std::int64_t items_never_got(const Situation& situation, ObjectIndex queue);

/// A finding of this rule about this object, with the user tasks of the set as its parties.
Finding finding_of_set(const Situation& situation, std::string_view rule, ObjectIndex object,
                       HopelessSet set);

}  // namespace heddle
