// A process joined while its feeder holds bytes that nobody will take: the process ends only when its feeder
// has written everything, the feeder waits for room in the pipe, and whoever could get waits for the process.
#include <fmt/format.h>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/naming.hpp>

namespace heddle {
namespace {

/// The queue that a task of the process feeds and whose pipe is full; none if there is no such task.
ObjectIndex queue_held_up(const Situation& situation, HopelessSet set, ProcessIndex process) {
  for (const TaskIndex task : set) {
    const TaskRow& row = situation.tasks[task];
    if (row.process != process || row.wait != WaitKind::writable || row.operation == none) continue;
    const OperationRow& operation = situation.operations[row.operation];
    if (operation.kind == mp::ObjectKind::feeder) return operation.related;
  }
  return none;
}

/// The processes for whose ends the task waits: others', or its own in the exit sequence.
std::vector<ProcessIndex> processes_awaited(const Situation& situation, const TaskRow& row) {
  if (row.role != mp::Role::user || row.operation == none) return {};
  if (row.wait == WaitKind::process) return {row.wait_target};
  std::vector<ProcessIndex> awaited;
  for (const WaitTarget& each : row.targets)
    if (row.wait == WaitKind::any && each.kind == WaitKind::process) awaited.push_back(each.target);
  const bool finishes = situation.operations[row.operation].verb == mp::Verb::finish;
  if (row.wait == WaitKind::thread && finishes) awaited.push_back(row.process);
  return awaited;
}

std::string joins_in_words(const Situation& situation, TaskIndex task, ProcessIndex awaited) {
  if (situation.tasks[task].process == awaited) return situation.name_of(awaited);
  return fmt::format("{} joins {}, which", situation.name_of_task(task), situation.name_of(awaited));
}

/// The feeder writes in the order of the puts, so the last is among those it still has.
OperationIndex last_put(const Situation& situation, ObjectIndex queue, ProcessIndex process) {
  for (auto index = static_cast<OperationIndex>(situation.operations.size()); index-- > 0;) {
    const OperationRow& row = situation.operations[index];
    if (row.object == queue && row.verb == mp::Verb::put && row.succeeded &&
        situation.tasks[row.task].process == process)
      return index;
  }
  return none;
}

std::optional<Finding> held_up(const Situation& situation, HopelessSet set, TaskIndex task,
                               ProcessIndex awaited) {
  const ObjectIndex queue = queue_held_up(situation, set, awaited);
  if (queue == none) return std::nullopt;
  Finding finding = finding_of_set(situation, "join-before-drain", queue, set);
  const std::int64_t items = items_never_got(situation, queue);
  finding.sentence = fmt::format(
      "{} cannot end before its feeder has written all it put into {}: the pipe is full, {}put and not got, "
      "and nobody who could get {} is free to",
      joins_in_words(situation, task, awaited), finding.object,
      items == 1 ? "1 item was " : fmt::format("{} items were ", items), items == 1 ? "it" : "them");
  if (const OperationIndex put = last_put(situation, queue, awaited); put != none)
    finding.parties.push_back(party_of(situation, put));
  return finding;
}

}  // namespace

// Who waits for another tells the story better than the one that cannot end.
std::optional<Finding> join_before_drain(const Situation& situation, HopelessSet set) {
  for (const bool by_another : {true, false}) {
    for (const TaskIndex task : set) {
      for (const ProcessIndex awaited : processes_awaited(situation, situation.tasks[task])) {
        if ((situation.tasks[task].process != awaited) != by_another) continue;
        if (auto finding = held_up(situation, set, task, awaited)) return finding;
      }
    }
  }
  return std::nullopt;
}

}  // namespace heddle
