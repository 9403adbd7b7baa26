// In the order in which the lock changed hands: it is taken when an acquire ends, or a wait of a Condition
// that gave it up meanwhile; it is given up when the last release begins, or such a wait.
#include <algorithm>

#include <heddle/core/lock_owner.hpp>

namespace heddle {

using mp::ObjectKind;
using mp::Verb;

namespace {

// Struck inside a Value's or Array's operation that had not had to wait for the lock.
bool died_inside(const Situation& situation, const OperationRow& row, ObjectIndex lock) {
  return takes_lock_inside(row) && row.related == lock && !row.ended && !row.blocked &&
         situation.tasks[row.task].state == TaskState::ended;
}

}  // namespace

bool takes_lock_inside(const OperationRow& operation) {
  return operation.kind == ObjectKind::value || operation.kind == ObjectKind::array;
}

std::optional<LockOwner> owner_of_lock(const Situation& situation, ObjectIndex lock) {
  OperationIndex taken = none;
  std::uint64_t given_up = 0;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (died_inside(situation, row, lock)) return LockOwner{row.task, index};
    const bool acquires = row.verb == Verb::acquire && row.object == lock && row.succeeded;
    const bool releases = row.verb == Verb::release && row.object == lock && row.succeeded;
    const bool waits = row.verb == Verb::wait && row.related == lock && row.blocked;
    if ((releases && row.number == 0) || waits) given_up = std::max(given_up, row.step_begin);
    if ((acquires || (waits && row.ended)) &&
        (taken == none || row.step_end >= situation.operations[taken].step_end))
      taken = index;
  }
  if (taken == none || situation.operations[taken].step_end <= given_up) return std::nullopt;
  return LockOwner{situation.operations[taken].task, taken};
}

}  // namespace heddle
