// Finding the operation a task stands at from the steps at which operations began and ended.
#include <heddle/core/party.hpp>
#include <heddle/engine/explanation.hpp>

namespace heddle {
namespace {

// At granularity op a task that runs is switched only where an operation starts: in the midst of one it can
// only have been blocked. At os every call counts before others may run.
bool is_inside(const OperationRow& operation, std::uint64_t step, Granularity granularity) {
  if (operation.ended && operation.step_end < step) return false;
  return granularity == Granularity::os ? operation.step_begin < step
                                        : operation.blocked && operation.step_begin <= step;
}

/// Who never came to its operation, because the execution ended first, had still said what it was about.
std::string object_of(const Situation& recorded, const Access& intent) {
  if (intent.thing == no_thing) return "";
  for (ObjectIndex index = 0; index < recorded.objects.size(); ++index)
    if (recorded.objects[index].id == intent.thing) return recorded.name_of_object(index);
  return "";
}

}  // namespace

OperationIndex operation_at(const Situation& recorded, TaskIndex task, std::uint64_t step, bool is_before,
                            Granularity granularity) {
  const bool may_be_inside = !is_before || granularity == Granularity::os;
  for (OperationIndex index = 0; index < recorded.operations.size(); ++index) {
    const OperationRow& operation = recorded.operations[index];
    if (operation.task != task) continue;
    if (may_be_inside && is_inside(operation, step, granularity)) return index;
    if (operation.step_begin >= step) return index;
  }
  return none;
}

std::vector<Essential> essentials_of(const Tape& tape, std::span<const TapeReplay::Use> uses,
                                     const Situation& recorded, Granularity granularity) {
  std::vector<Essential> essentials;
  for (const TapeReplay::Use& use : uses) {
    const TapeEntry& entry = tape.entries[use.entry];
    Essential made{.kind = entry.kind, .step = use.step, .answer = entry.answer};
    made.who = recorded.name_of_task(use.chosen == no_task ? use.task : use.chosen);
    if (use.instead != no_task) made.instead = recorded.name_of_task(use.instead);
    // Of a timer nobody stands back; of a fault or of data it is the task itself that stands somewhere.
    const TaskIndex stands = picks_task(entry.kind) ? use.instead : use.task;
    if (stands != no_task) {
      const bool is_before = use.is_preemption && stands == use.task;
      const OperationIndex at = operation_at(recorded, stands, use.step, is_before, granularity);
      if (at != none) {
        const Party party = party_of(recorded, at);
        made.operation = party.operation;
        made.where = party.where;
      } else {
        made.operation = object_of(recorded, use.intent);
      }
    }
    essentials.push_back(std::move(made));
  }
  return essentials;
}

}  // namespace heddle
