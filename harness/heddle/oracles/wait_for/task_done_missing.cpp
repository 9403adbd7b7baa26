// A JoinableQueue's join that does not end because items were never marked done.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/naming.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

struct Undone {
  std::string who;
  std::string item;
  OperationIndex get;
};

// Each task's task_done marks its oldest item that is not marked yet; what remains was forgotten.
std::vector<Undone> undone_items(const Situation& situation, ObjectIndex queue) {
  std::vector<OperationIndex> open;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.object != queue || !row.succeeded) continue;
    if (row.verb == Verb::get) open.push_back(index);
    if (row.verb != Verb::task_done) continue;
    const auto own = std::ranges::find_if(
        open, [&](OperationIndex get) { return situation.operations[get].task == row.task; });
    if (own != open.end()) {
      open.erase(own);
    } else if (!open.empty()) {
      open.erase(open.begin());
    }
  }
  std::vector<Undone> undone;
  for (const OperationIndex get : open)
    undone.push_back({situation.name_of_task(situation.operations[get].task),
                      situation.result_of(situation.operations[get]), get});
  return undone;
}

// Kept from going on by something else than the queue and the ends of others: it may still do its part.
bool waits_elsewhere(const Situation& situation, TaskIndex task, ObjectIndex queue) {
  const OperationRow* const row = operation_of(situation, task);
  return is_user(situation, task) && situation.tasks[task].state == TaskState::blocked && row != nullptr &&
         row->object != queue && row->verb != Verb::finish && !only_joins(situation, task);
}

// Why a queue's join does not end: items that were got and not marked by those who have gone on, and items
// that nobody took although nobody who could is kept from it. Empty: somebody is stuck, and that is another
// story.
std::vector<std::string> missing_marks(const Situation& situation, HopelessSet set, ObjectIndex queue,
                                       Finding& finding) {
  std::vector<std::string> items;
  for (const Undone& each : undone_items(situation, queue)) {
    if (waits_elsewhere(situation, situation.operations[each.get].task, queue)) continue;
    items.push_back(fmt::format("{} got {} and never called task_done()", each.who,
                                each.item.empty() ? "an item" : each.item));
    finding.parties.push_back(party_of(situation, each.get));
  }
  const bool somebody_stuck = std::ranges::any_of(set, [&](TaskIndex task) {
    return waits_elsewhere(situation, task, queue) && situation.holds(queue, situation.tasks[task].process);
  });
  const std::int64_t left = items_never_got(situation, queue);
  if (left > 0 && !somebody_stuck)
    items.push_back(fmt::format("{} item{} put and never got", left, left == 1 ? " was" : "s were"));
  return items;
}

}  // namespace

std::optional<Finding> task_done_missing(const Situation& situation, HopelessSet set) {
  for (const TaskIndex task : set) {
    const OperationRow* const row = operation_of(situation, task);
    if (row == nullptr || row->verb != Verb::join || row->kind != ObjectKind::joinable_queue) continue;
    Finding finding = finding_of_set(situation, "task-done-missing", row->object, set);
    const std::vector<std::string> items = missing_marks(situation, set, row->object, finding);
    if (items.empty()) continue;
    finding.sentence = fmt::format("{} waits in {}.join() for ever: {}", situation.name_of_task(task),
                                   finding.object, fmt::join(items, "; "));
    return finding;
  }
  return std::nullopt;
}

}  // namespace heddle
