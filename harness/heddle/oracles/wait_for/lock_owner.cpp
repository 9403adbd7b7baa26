// Who holds the lock that a task waits for, and what to say when that one is dead.
#include <fmt/format.h>
#include <algorithm>
#include <string>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/lock_owner.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

// An operation on a Value or an Array takes the lock of that inside, unless it is raw and has none related.
bool takes_lock_inside(const OperationRow& row) {
  return row.kind == ObjectKind::value || row.kind == ObjectKind::array;
}

// A Condition's waiter wants its lock back, and nobody can notify it without having the lock.
ObjectIndex lock_wanted(const OperationRow& row) {
  if (row.verb == Verb::acquire && row.kind == ObjectKind::lock) return row.object;
  return row.verb == Verb::wait || takes_lock_inside(row) ? row.related : none;
}

// Struck inside a Value's or Array's operation that had not had to wait for the lock.
bool died_inside(const Situation& situation, const OperationRow& row, ObjectIndex lock) {
  return takes_lock_inside(row) && row.related == lock && !row.ended && !row.blocked &&
         situation.tasks[row.task].state == TaskState::ended;
}

}  // namespace

// In the order in which the lock changed hands: it is taken when an acquire ends, or a wait of a Condition
// that gave it up meanwhile; it is given up when the last release begins, or such a wait.
std::optional<LockOwner> owner_of(const Situation& situation, TaskIndex waiter) {
  const OperationRow* const row = operation_of(situation, waiter);
  const ObjectIndex lock = row == nullptr ? none : lock_wanted(*row);
  if (lock == none) return std::nullopt;
  OperationIndex taken = none;
  std::uint64_t given_up = 0;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& other = situation.operations[index];
    if (died_inside(situation, other, lock)) return LockOwner{other.task, index};
    const bool acquires = other.verb == Verb::acquire && other.object == lock && other.succeeded;
    const bool releases = other.verb == Verb::release && other.object == lock && other.succeeded;
    const bool waits = other.verb == Verb::wait && other.related == lock && other.blocked;
    if ((releases && other.number == 0) || waits) given_up = std::max(given_up, other.step_begin);
    if ((acquires || (waits && other.ended)) &&
        (taken == none || other.step_end >= situation.operations[taken].step_end))
      taken = index;
  }
  if (taken == none || situation.operations[taken].step_end <= given_up) return std::nullopt;
  return LockOwner{situation.operations[taken].task, taken};
}

// Dead is who has ended, or given up every handle of the lock on the way to it.
std::optional<LockOwner> dead_owner(const Situation& situation, TaskIndex waiter) {
  const std::optional<LockOwner> owner = owner_of(situation, waiter);
  if (!owner) return std::nullopt;
  const TaskRow& task = situation.tasks[owner->task];
  const ObjectIndex lock = lock_wanted(situation.operations[situation.tasks[waiter].operation]);
  if (task.state != TaskState::ended && situation.holds(lock, task.process)) return std::nullopt;
  return owner;
}

Finding lock_orphaned(const Situation& situation, std::span<const TaskIndex> set, TaskIndex waiter,
                      const LockOwner& owner) {
  const ObjectIndex lock = lock_wanted(situation.operations[situation.tasks[waiter].operation]);
  const ProcessRow& process = situation.processes[situation.tasks[owner.task].process];
  Finding finding = finding_of_set(situation, "lock-orphaned", lock, set);
  finding.parties.push_back(party_of(situation, owner.acquired));
  std::string end = process.alive ? "ended" : fmt::format("ended with status {}", process.status);
  if (process.signal != 0) end = fmt::format("was killed by signal {}", process.signal);
  finding.sentence = fmt::format(
      "{} waits for {}, but {} {} while holding it (since step {})", situation.name_of_task(waiter),
      finding.object, situation.name_of_task(owner.task), end, situation.operations[owner.acquired].step_end);
  return finding;
}

}  // namespace heddle
