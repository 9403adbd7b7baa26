// A task waits for an Event that was set and cleared again before it came.
#include <fmt/format.h>
#include <string>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/naming.hpp>

namespace heddle {

using mp::Verb;

namespace {

// The latest operation of the kind on the event before another.
OperationIndex latest(const Situation& situation, Verb verb, ObjectIndex event, OperationIndex before) {
  for (OperationIndex index = before; index-- > 0;) {
    const OperationRow& row = situation.operations[index];
    if (row.object == event && row.verb == verb && row.ended) return index;
  }
  return none;
}

}  // namespace

std::optional<Finding> event_pulse_missed(const Situation& situation, HopelessSet set) {
  for (const TaskIndex task : set) {
    const OperationRow* const wait = operation_of(situation, task);
    if (wait == nullptr || wait->kind != mp::ObjectKind::event || wait->verb != Verb::wait) continue;
    const OperationIndex cleared =
        latest(situation, Verb::clear, wait->object, situation.tasks[task].operation);
    if (cleared == none) continue;
    const OperationIndex pulse = latest(situation, Verb::set, wait->object, cleared);
    if (pulse == none || situation.operations[cleared].task == task) continue;
    const auto who = [&](OperationIndex index) {
      return situation.name_of_task(situation.operations[index].task);
    };
    Finding finding = finding_of_set(situation, "event-pulse-missed", wait->object, set);
    finding.severity = Severity::warning;
    finding.parties.insert(finding.parties.begin(),
                           {party_of(situation, pulse), party_of(situation, cleared)});
    finding.sentence = fmt::format(
        "{} set {} (step {}) and {} cleared it (step {}) before {} looked (step {}): nobody alive sets it "
        "again",
        who(pulse), finding.object, situation.operations[pulse].step_begin, who(cleared),
        situation.operations[cleared].step_begin, situation.name_of_task(task), wait->step_begin);
    return finding;
  }
  return std::nullopt;
}

}  // namespace heddle
