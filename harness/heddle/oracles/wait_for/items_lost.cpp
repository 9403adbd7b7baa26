// Waits for items, or for room, that a process took with it when it ended: in its feeder's buffer.
#include <fmt/format.h>
#include <string>
#include <vector>

#include <heddle/core/death.hpp>
#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/naming.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {

using mp::ObjectKind;
using mp::Verb;

namespace {

bool waits_for(const OperationRow* row, bool room) {
  if (row == nullptr || (row->kind != ObjectKind::queue && row->kind != ObjectKind::joinable_queue))
    return false;
  return room ? row->verb == Verb::put : row->verb == Verb::get || row->verb == Verb::join;
}

std::optional<Finding> lost_to(const Situation& situation, HopelessSet set, bool wants_room) {
  for (const TaskIndex task : set) {
    const OperationRow* const row = operation_of(situation, task);
    if (!is_user(situation, task) || !waits_for(row, wants_room)) continue;
    const std::vector<OperationIndex> lost = puts_lost(situation, row->object);
    if (lost.empty()) continue;
    Finding finding =
        finding_of_set(situation, wants_room ? "queue-slot-leaked" : "queue-items-lost", row->object, set);
    for (const OperationIndex put : lost) finding.parties.push_back(party_of(situation, put));
    finding.sentence = fmt::format(
        "{} waits in {} for ever: {}{}", situation.name_of_task(task),
        words_of(situation, situation.tasks[task].operation),
        wants_room
            ? fmt::format("{} of the {} slots {} taken by items that nobody can ever get: ", lost.size(),
                          situation.objects[row->object].number, lost.size() == 1 ? "is" : "are")
            : "",
        losses_in_words(situation, lost));
    return finding;
  }
  return std::nullopt;
}

}  // namespace

// Who waits for room in a queue that has lost items says more than who waits for an item.
std::optional<Finding> items_lost(const Situation& situation, HopelessSet set) {
  if (auto slot = lost_to(situation, set, true)) return slot;
  return lost_to(situation, set, false);
}

}  // namespace heddle
