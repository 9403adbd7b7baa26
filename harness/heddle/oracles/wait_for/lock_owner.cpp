// Who holds the lock that a task waits for, and what to say when that one is dead, or is the task itself.
#include <fmt/format.h>
#include <string>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/lock_owner.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

// A Condition's waiter wants its lock back, and nobody can notify it without having the lock.
ObjectIndex lock_wanted(const OperationRow& row) {
  if (row.verb == Verb::acquire && row.kind == ObjectKind::lock) return row.object;
  return row.verb == Verb::wait || takes_lock_inside(row) ? row.related : none;
}

}  // namespace

std::optional<LockOwner> owner_of(const Situation& situation, TaskIndex waiter) {
  const OperationRow* const row = operation_of(situation, waiter);
  const ObjectIndex lock = row == nullptr ? none : lock_wanted(*row);
  return lock == none ? std::nullopt : owner_of_lock(situation, lock);
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

std::optional<Finding> lock_self_deadlock(const Situation& situation, HopelessSet set) {
  for (const TaskIndex task : set) {
    const std::optional<LockOwner> owner = owner_of(situation, task);
    if (!owner || owner->task != task) continue;
    const OperationIndex waits = situation.tasks[task].operation;
    Finding finding =
        finding_of_set(situation, "lock-self-deadlock", lock_wanted(situation.operations[waits]), set);
    finding.parties.push_back(party_of(situation, owner->acquired));
    finding.sentence = fmt::format(
        "{} waits in {} for {}, which it has held itself since step {}, and nobody alive can release it",
        situation.name_of_task(task), words_of(situation, waits), finding.object,
        situation.operations[owner->acquired].step_end);
    return finding;
  }
  return std::nullopt;
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
