// See the header. Processes come in the order of their birth, the tasks of each as they were born.
#include <algorithm>
#include <tuple>
#include <utility>

#include <heddle/story/selection.hpp>

namespace heddle::story {
namespace {

constexpr std::size_t first_kept = 50;  // of a long story; the rest of the room is for its end

/// Leaves operations in the middle out until there is room, but for the parties'.
void shorten(Selection& made, const Situation& situation, const Finding& finding,
             std::size_t operations_max) {
  if (made.operations.size() <= operations_max) return;
  const std::size_t surplus = made.operations.size() - operations_max;
  const std::size_t from = std::min(first_kept, operations_max / 2);
  std::vector<OperationIndex> kept;
  for (std::size_t at = 0; at < made.operations.size(); ++at) {
    const bool is_in_the_middle = at >= from && at < from + surplus;
    if (is_in_the_middle && party_in(situation, situation.operations[made.operations[at]], finding) == 0)
      ++made.left_out;
    else
      kept.push_back(made.operations[at]);
  }
  made.operations = std::move(kept);
}

void number_lanes(Selection& made, const Situation& situation) {
  const auto rank = [&](TaskIndex task) {
    const TaskRow& row = situation.tasks[task];
    const bool is_main = row.process != none && situation.processes[row.process].main == task;
    return std::tuple(row.process, !is_main, task);
  };
  std::vector<TaskIndex> tasks;
  for (const OperationIndex index : made.operations) tasks.push_back(situation.operations[index].task);
  std::ranges::sort(tasks, {}, rank);
  tasks.erase(std::ranges::unique(tasks).begin(), tasks.end());
  for (const TaskIndex task : tasks) made.lanes.emplace(task, made.lanes.size());
}

}  // namespace

bool is_of_user(const Situation& situation, const OperationRow& operation) {
  if (operation.task == no_task) return false;
  const TaskRow& task = situation.tasks[operation.task];
  return task.role == mp::Role::user &&
         (task.process == none || situation.processes[task.process].role == mp::Role::user);
}

std::size_t party_in(const Situation& situation, const OperationRow& operation, const Finding& finding) {
  const std::string who = situation.name_of_task(operation.task);
  const auto found = std::ranges::find_if(finding.parties, [&](const Party& party) {
    return party.step == operation.step_begin && party.who == who;
  });
  return found == finding.parties.end() ? 0 : static_cast<std::size_t>(found - finding.parties.begin()) + 1;
}

Selection selection_of(const Situation& situation, const Finding& finding, std::size_t operations_max) {
  Selection made;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& operation = situation.operations[index];
    if (operation.task == no_task || operation.step_begin > finding.step) continue;
    if (is_of_user(situation, operation) || party_in(situation, operation, finding) > 0)
      made.operations.push_back(index);
  }
  std::ranges::sort(made.operations, {}, [&](OperationIndex index) {
    return std::pair(situation.operations[index].step_begin, index);
  });
  shorten(made, situation, finding, operations_max);
  number_lanes(made, situation);
  for (std::size_t at = 0; at < made.operations.size(); ++at) made.indexes[made.operations[at]] = at;
  return made;
}

}  // namespace heddle::story
