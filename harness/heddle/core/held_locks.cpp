// A handful of locks at a time: a list will do.
#include <algorithm>
#include <string_view>

#include <heddle/core/held_locks.hpp>
#include <heddle/core/situation.hpp>

namespace heddle {

using mp::ObjectKind;
using mp::Verb;

void HeldLocks::begun(const OperationRow& operation) {
  if (held_.empty()) return;
  if (operation.verb == Verb::wait && operation.related != none)
    mark(operation.related, operation.task, true);
}

void HeldLocks::ended(const OperationRow& operation, OperationIndex index) {
  if (operation.verb == Verb::wait && operation.related != none)
    mark(operation.related, operation.task, false);
  if (operation.kind != ObjectKind::lock || !operation.succeeded) return;
  if (operation.verb == Verb::acquire) take(operation.object, index, operation.task);
  if (operation.verb == Verb::release && operation.number == 0) forget(operation.object);
}

// Whoever has it now, nobody else has: a holder that died may have left it.
void HeldLocks::take(ObjectIndex lock, OperationIndex acquired, TaskIndex task) {
  const bool has_it = std::ranges::any_of(
      held_, [&](const HeldLock& each) { return each.lock == lock && each.task == task; });
  if (has_it) return;
  forget(lock);
  held_.push_back({.lock = lock, .task = task, .acquired = acquired});
}

bool HeldLocks::any(TaskIndex task) const {
  return std::ranges::any_of(held_,
                             [&](const HeldLock& each) { return each.task == task && !each.is_given_up; });
}

OperationIndex HeldLocks::since(TaskIndex task) const {
  const auto first = std::ranges::find(held_, task, &HeldLock::task);
  return first == held_.end() ? none : first->acquired;
}

void HeldLocks::forget(ObjectIndex lock) {
  std::erase_if(held_, [&](const HeldLock& each) { return each.lock == lock; });
}

void HeldLocks::mark(ObjectIndex lock, TaskIndex task, bool is_given_up) {
  for (HeldLock& each : held_)
    if (each.lock == lock && each.task == task) each.is_given_up = is_given_up;
}

ObjectIndex lock_taken_by(const OperationRow& operation) {
  if (operation.kind == ObjectKind::lock)
    return operation.verb == Verb::acquire && operation.succeeded && operation.number <= 1 ? operation.object
                                                                                           : none;
  const bool takes_inside =
      operation.kind == ObjectKind::value || operation.kind == ObjectKind::array ||
      (operation.kind == ObjectKind::condition && operation.verb == Verb::wait && operation.blocked);
  return takes_inside ? operation.related : none;
}

namespace {

bool is_one_place(const mp::Location& one, const mp::Location& other) {
  return one.line() == other.line() && one.column() == other.column() &&
         std::string_view(one.file_name()) == other.file_name();
}

}  // namespace

bool waits_for_ever(const Situation& situation, OperationIndex taking) {
  const OperationRow& row = situation.operations[taking];
  if (row.kind != ObjectKind::lock || row.is_patient) return true;
  for (OperationIndex index = taking + 1; index < situation.operations.size(); ++index) {
    const OperationRow& other = situation.operations[index];
    const bool is_release =
        other.task == row.task && other.object == row.object && other.verb == Verb::release;
    if (is_release && other.number == 0) return is_one_place(row.where, other.where);
  }
  return false;
}

}  // namespace heddle
