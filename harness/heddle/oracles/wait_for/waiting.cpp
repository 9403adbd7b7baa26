// The answers, read from the situation.
#include <algorithm>
#include <string>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {

const OperationRow* operation_of(const Situation& situation, TaskIndex task) {
  const OperationIndex index = situation.tasks[task].operation;
  return index == none ? nullptr : &situation.operations[index];
}

bool is_user(const Situation& situation, TaskIndex task) {
  return situation.tasks[task].role == mp::Role::user;
}

bool is_idle_worker(const Situation& situation, TaskIndex task) {
  const OperationRow* const row = operation_of(situation, task);
  return row != nullptr && row->verb == mp::Verb::take && row->kind == mp::ObjectKind::pool;
}

bool only_joins(const Situation& situation, TaskIndex task) {
  const TaskRow& row = situation.tasks[task];
  if (row.wait == WaitKind::any && !row.targets.empty())
    return std::ranges::all_of(row.targets,
                               [](const WaitTarget& each) { return each.kind == WaitKind::process; });
  return row.wait == WaitKind::process || row.wait == WaitKind::thread;
}

std::int64_t items_never_got(const Situation& situation, ObjectIndex queue) {
  std::int64_t items = 0;
  for (const OperationRow& row : situation.operations) {
    if (row.object != queue || !row.succeeded) continue;
    if (row.verb == mp::Verb::put) ++items;
    if (row.verb == mp::Verb::get) --items;
  }
  return items;
}

Finding finding_of_set(const Situation& situation, std::string_view rule, ObjectIndex object,
                       HopelessSet set) {
  Finding finding{
      .rule = std::string(rule), .object = situation.name_of_object(object), .object_index = object};
  for (const TaskIndex task : set)
    if (is_user(situation, task) && situation.tasks[task].operation != none &&
        !is_idle_worker(situation, task))
      finding.parties.push_back(party_of(situation, situation.tasks[task].operation));
  return finding;
}

}  // namespace heddle
