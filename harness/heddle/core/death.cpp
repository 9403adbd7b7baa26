// The answers, read from the situation.
#include <fmt/format.h>
#include <map>

#include <heddle/core/death.hpp>
#include <heddle/core/party.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

// When the process began to end by itself; UINT64_MAX: it did not.
std::uint64_t began_to_end(const Situation& situation, ProcessIndex process) {
  for (const OperationRow& row : situation.operations)
    if (row.verb == Verb::finish && situation.tasks[row.task].process == process) return row.step_begin;
  return UINT64_MAX;
}

std::string why_not_written(const Situation& situation, OperationIndex put) {
  const OperationRow& row = situation.operations[put];
  const ProcessIndex process = situation.tasks[row.task].process;
  if (situation.processes[process].signal != 0) return end_in_words(situation, process);
  return row.step_begin > began_to_end(situation, process)
             ? "ended (they were put after it had begun to end)"
             : "ended without waiting for its feeder (cancel_join_thread())";
}

bool is_queue_with_feeder(ObjectKind kind) {
  return kind == ObjectKind::queue || kind == ObjectKind::joinable_queue;
}

}  // namespace

OperationIndex struck_by(const Situation& situation, ProcessIndex process) {
  const ProcessRow& row = situation.processes[process];
  if (row.signal == 0 || row.killed_by_fault) return none;
  OperationIndex by_parents_end = none;
  for (auto index = static_cast<OperationIndex>(situation.operations.size()); index-- > 0;) {
    const OperationRow& operation = situation.operations[index];
    const bool strikes = operation.verb == Verb::terminate || operation.verb == Verb::kill;
    if (strikes && operation.kind == ObjectKind::process && operation.object == row.object) return index;
    if (operation.verb == Verb::finish && situation.tasks[operation.task].process == row.parent)
      by_parents_end = index;
  }
  return by_parents_end;
}

std::string end_in_words(const Situation& situation, ProcessIndex process) {
  const ProcessRow& row = situation.processes[process];
  if (row.signal == 0) return fmt::format("ended with status {}", row.status);
  const OperationIndex striker = struck_by(situation, process);
  if (striker == none) return fmt::format("was killed by signal {}", row.signal);
  const OperationRow& operation = situation.operations[striker];
  const std::string who = situation.name_of_task(operation.task);
  if (operation.verb == Verb::finish) return fmt::format("was stopped when {} ended", who);
  return fmt::format("was struck by {}'s {}", who, words_of(situation, striker));
}

bool exit_code_was_looked_at(const Situation& situation, ProcessIndex process) {
  const ObjectIndex object = situation.processes[process].object;
  if (object == none) return false;
  for (const OperationRow& row : situation.operations)
    if (row.verb == Verb::exitcode && row.object == object && row.number != 0) return true;
  return false;
}

std::vector<OperationIndex> puts_lost(const Situation& situation, ObjectIndex queue) {
  std::vector<OperationIndex> lost;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.object != queue || row.verb != Verb::put || !row.succeeded || row.bytes_sent > 0) continue;
    if (!is_queue_with_feeder(row.kind)) continue;
    // A feeder has a claim as long as it may write.
    const ProcessIndex process = situation.tasks[row.task].process;
    if (!situation.processes[process].alive || !situation.holds(queue, process)) lost.push_back(index);
  }
  return lost;
}

std::string losses_in_words(const Situation& situation, const std::vector<OperationIndex>& lost) {
  std::map<TaskIndex, std::vector<std::string>> puts;
  std::map<TaskIndex, std::string> reasons;
  for (const OperationIndex put : lost) {
    const TaskIndex task = situation.operations[put].task;
    puts[task].push_back(words_of(situation, put));
    reasons.try_emplace(task, why_not_written(situation, put));
  }
  std::vector<std::string> losses;
  for (const auto& [task, words] : puts)
    losses.push_back(fmt::format("{} {} before its feeder had written {}", situation.name_of_task(task),
                                 reasons.at(task), fmt::join(words, ", ")));
  return fmt::format("{}", fmt::join(losses, "; "));
}

}  // namespace heddle
