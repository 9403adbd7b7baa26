// Items that a process had put and took with it when it ended, because its feeder had not written them. That
// alone is no finding: perhaps nobody wants them. It is one when somebody looks into that queue afterwards
// and finds nothing: a get that times out, an empty() that says yes. Who waits for such an item without end
// is found by wait-for.
#include <fmt/format.h>
#include <algorithm>
#include <vector>

#include <heddle/core/death.hpp>
#include <heddle/core/party.hpp>
#include <heddle/oracles/lost_items.hpp>

namespace heddle {
namespace {

using mp::Verb;

class LostItems final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::process_ended) | mask_of(EventKind::operation_ended);
  }
  ObjectKinds kinds() const override { return queue_kinds; }
  void begin() override { queues_.clear(); }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::process_ended) {
      const ProcessIndex process = situation.tasks[event.task].process;
      if (!situation.processes[process].killed_by_fault && was_cut_off(situation, process))
        note_losses(situation, process);
      return;
    }
    if (queues_.empty() || event.object == none) return;
    const auto queue = std::ranges::find(queues_, event.object);
    if (queue == queues_.end() || !is_in_vain(situation.operations[event.operation])) return;
    queues_.erase(queue);  // once is enough
    report(event, situation, findings);
  }

 private:
  // Was one of its tasks in the middle of something? A feeder always is, until it has written all.
  static bool was_cut_off(const Situation& situation, ProcessIndex process) {
    return situation.processes[process].signal != 0 ||
           std::ranges::any_of(situation.tasks, [&](const TaskRow& row) {
             return row.process == process && row.operation != none;
           });
  }

  void note_losses(const Situation& situation, ProcessIndex process) {
    for (const OperationRow& row : situation.operations) {
      if (row.verb != Verb::put || row.bytes_sent > 0 || situation.tasks[row.task].process != process)
        continue;
      const bool is_known = std::ranges::find(queues_, row.object) != queues_.end();
      if (!is_known && !puts_lost(situation, row.object).empty()) queues_.push_back(row.object);
    }
  }

  static bool is_in_vain(const OperationRow& row) {
    return (row.verb == Verb::get && !row.succeeded) || (row.verb == Verb::empty && row.number == 1);
  }

  static void report(const Event& event, const Situation& situation, Findings& findings) {
    const std::vector<OperationIndex> lost = puts_lost(situation, event.object);
    Finding finding{
        .rule = "queue-items-lost",
        .object = situation.name_of_object(event.object),
        .sentence = fmt::format("{} found nothing by {}: {}", situation.name_of_task(event.task),
                                words_of(situation, event.operation), losses_in_words(situation, lost)),
        .parties = {party_of(situation, event.operation)},
        .object_index = event.object};
    for (const OperationIndex put : lost) finding.parties.push_back(party_of(situation, put));
    findings.add(std::move(finding));
  }

  std::vector<ObjectIndex> queues_;  // that have lost items
};

}  // namespace

std::unique_ptr<Oracle> make_lost_items() { return std::make_unique<LostItems>(); }

}  // namespace heddle
