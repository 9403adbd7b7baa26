// Who ended a wait, and whether the lock was in its way.
#include <fmt/format.h>
#include <algorithm>
#include <optional>
#include <string>

#include <heddle/core/party.hpp>
#include <heddle/oracles/lock_order/held_waits.hpp>

namespace heddle::lock_order {
namespace {

using mp::ObjectKind;
using mp::Verb;

bool is_end_of_somebody(const OperationRow& row) {
  return row.verb == Verb::join && (row.kind == ObjectKind::process || row.kind == ObjectKind::thread);
}

bool may_wait(const OperationRow& row) {
  return row.verb == Verb::join || row.verb == Verb::get || row.verb == Verb::recv || row.verb == Verb::put ||
         row.verb == Verb::wait || (row.verb == Verb::acquire && row.kind == ObjectKind::semaphore);
}

// What takes in what one other operation gave.
bool has_source(const OperationRow& row) { return row.verb == Verb::get || row.verb == Verb::recv; }

// Does the other operation, on the same object, end waits like this one?
bool ends(const OperationRow& wait, const OperationRow& other) {
  if (wait.verb == Verb::put) return other.verb == Verb::get;
  if (wait.verb == Verb::join) return other.verb == Verb::task_done;
  if (wait.verb == Verb::acquire) return wait.kind == ObjectKind::semaphore && other.verb == Verb::release;
  if (wait.verb != Verb::wait) return false;
  return other.verb == Verb::set || other.verb == Verb::notify || other.verb == Verb::notify_all ||
         (wait.kind == ObjectKind::barrier && other.verb == Verb::wait);
}

// Calls visit(task, operation) for those that may have ended the wait; the operation is none for who did so
// by its end.
template <class Visit>
void visit_enders(const Situation& situation, OperationIndex index, Visit visit) {
  const OperationRow& wait = situation.operations[index];
  if (has_source(wait)) {
    if (wait.source != none) visit(situation.operations[wait.source].task, wait.source);
    return;
  }
  if (is_end_of_somebody(wait)) {
    for (TaskIndex task = 0; task < situation.tasks.size(); ++task) {
      const TaskRow& row = situation.tasks[task];
      const bool is_of_process = wait.kind == ObjectKind::process && row.process != none &&
                                 situation.processes[row.process].object == wait.object;
      if (row.object == wait.object || is_of_process) visit(task, none);
    }
    return;
  }
  for (OperationIndex other = index + 1; other < situation.operations.size(); ++other) {
    const OperationRow& row = situation.operations[other];
    if (row.object == wait.object && row.task != wait.task && ends(wait, row)) visit(row.task, other);
  }
}

// What makes such a wait necessary: a permit that is taken, an item that fills a queue. None: nothing that
// one task does.
std::optional<Verb> need_of(const OperationRow& wait) {
  if (wait.verb == Verb::acquire) return Verb::acquire;
  if (wait.verb == Verb::put) return Verb::put;
  return std::nullopt;
}

// Who ends the wait has made it necessary after it took the lock: had it come to the lock later, there would
// have been no wait.
bool came_together(const Situation& situation, OperationIndex waiting, OperationIndex taking,
                   OperationIndex ending) {
  const OperationRow& wait = situation.operations[waiting];
  const std::optional<Verb> need = need_of(wait);
  if (!need || ending == none) return false;
  for (OperationIndex index = ending; index-- > taking;) {
    const OperationRow& row = situation.operations[index];
    if (row.task == situation.operations[ending].task && row.object == wait.object && row.verb == *need &&
        row.succeeded)
      return true;
  }
  return false;
}

}  // namespace

void HeldWaits::begin() {
  takings_.clear();
  waits_.clear();
  dangers_.clear();
}

void HeldWaits::begun(OperationIndex operation, const Situation& situation) {
  const OperationRow& row = situation.operations[operation];
  const TaskIndex task = row.task;
  if (!may_wait(row) || !situation.held_locks.any(task)) return;
  while (waits_.size() <= task) waits_.add();
  waits_[task].operation = operation;
  waits_[task].known = situation.clock_without_locks.of(task);
}

void HeldWaits::taken(ObjectIndex lock, OperationIndex taking, const Situation& situation) {
  const TaskIndex task = situation.operations[taking].task;
  const Taking made{lock, taking, situation.clock_without_locks.now(task)};
  while (takings_.size() <= task) takings_.add();
  std::vector<Taking>& latest = takings_[task].latest;
  const auto found = std::ranges::find(latest, lock, &Taking::lock);
  if (found != latest.end())
    *found = made;
  else
    latest.push_back(made);
}

void HeldWaits::ended(OperationIndex operation, const Situation& situation) {
  const OperationRow& row = situation.operations[operation];
  if (!row.is_patient || !row.succeeded || row.kind == ObjectKind::lock ||
      !situation.held_locks.any(row.task))
    return;
  if (row.task >= waits_.size() || waits_[row.task].operation != operation) return;
  visit_enders(situation, operation, [&](TaskIndex task, OperationIndex ending) {
    if (task == row.task || task >= takings_.size()) return;
    situation.held_locks.visit(row.task, [&](const HeldLock& each) {
      if (each.lock == row.related) return;
      for (const Taking& taking : takings_[task].latest) {
        if (taking.lock != each.lock) continue;
        if (ending != none && taking.operation > ending) continue;
        if (waits_[row.task].known.knows(taking.when)) continue;
        if (came_together(situation, operation, taking.operation, ending)) continue;
        dangers_.push_back({operation, each.acquired, taking.operation});
      }
    });
  });
}

void HeldWaits::conclude(const Situation& situation, Findings& findings) const {
  std::vector<OperationIndex> told;
  for (const Danger& danger : dangers_) {
    if (std::ranges::find(told, danger.wait) != told.end() || !waits_for_ever(situation, danger.needed))
      continue;
    told.push_back(danger.wait);
    const OperationRow& wait = situation.operations[danger.wait];
    const OperationRow& acquired = situation.operations[danger.acquired];
    const std::string lock = situation.name_of_object(acquired.object);
    const std::string other = situation.name_of_task(situation.operations[danger.needed].task);
    findings.add(
        {.rule = "lock-held-while-blocking",
         .severity = Severity::warning,
         .harm = Harm::predicted,
         .object = lock,
         .sentence = fmt::format("{} waited in {} while it held {} (since step {}), and {}, which ended that "
                                 "wait, took {} before: had it come later, both would wait for ever",
                                 situation.name_of_task(wait.task), words_of(situation, danger.wait), lock,
                                 acquired.step_end, other, lock),
         .parties = {party_of(situation, danger.wait), party_of(situation, danger.needed)}});
  }
}

}  // namespace heddle::lock_order
