// Items of several producers that come in another order than they were put, in a program that has said that
// it relies on their order (heddle::assume_order). Each process has a feeder of its own, and which of them
// writes first is not decided by who put first, however the program orders its puts. Of one process's items
// the order holds.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <vector>

#include <heddle/core/order_assumed.hpp>
#include <heddle/core/party.hpp>
#include <heddle/oracles/queue_order.hpp>

namespace heddle {
namespace {

using mp::Verb;

class QueueOrder final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::counted) | mask_of(EventKind::operation_ended);
  }
  ObjectKinds kinds() const override { return queue_kinds; }
  void begin() override { queues_.clear(); }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::counted) {
      if (event.text == order_assumed && event.object != none) queues_.push_back(event.object);
      return;
    }
    if (queues_.empty() || std::ranges::find(queues_, event.object) == queues_.end()) return;
    const OperationRow& row = situation.operations[event.operation];
    if (row.verb == Verb::get && row.succeeded && row.source != none)
      got(event.operation, situation, findings);
  }

 private:
  static bool is_got(const Situation& situation, OperationIndex put) {
    return std::ranges::any_of(situation.operations, [&](const OperationRow& row) {
      return row.verb == Verb::get && row.source == put && row.ended;
    });
  }

  void got(OperationIndex get, const Situation& situation, Findings& findings) {
    const OperationIndex late = situation.operations[get].source;
    const OperationRow& item = situation.operations[late];
    for (OperationIndex early = 0; early < late; ++early) {
      const OperationRow& row = situation.operations[early];
      if (row.verb != Verb::put || row.object != item.object || !row.succeeded) continue;
      if (situation.tasks[row.task].process == situation.tasks[item.task].process) continue;
      if (row.step_end >= item.step_begin || is_got(situation, early)) continue;
      return report(get, early, late, situation, findings);
    }
  }

  static void report(OperationIndex get, OperationIndex early, OperationIndex late,
                     const Situation& situation, Findings& findings) {
    const auto who = [&](OperationIndex index) {
      return situation.name_of_task(situation.operations[index].task);
    };
    const ObjectIndex queue = situation.operations[get].object;
    const std::string name = situation.name_of_object(queue);
    findings.add(
        {.rule = "queue-order-assumed",
         .severity = Severity::warning,
         .harm = Harm::predicted,
         .object = name,
         .sentence =
             fmt::format("{} got {}'s item from {} before {}'s, which had been put first (steps {} and "
                         "{}): a queue keeps no order between processes",
                         who(get), who(late), name, who(early), situation.operations[early].step_end,
                         situation.operations[late].step_begin),
         .parties = {party_of(situation, early), party_of(situation, late), party_of(situation, get)},
         .object_index = queue});
  }

  std::vector<ObjectIndex> queues_;
};

}  // namespace

std::unique_ptr<Oracle> make_queue_order() { return std::make_unique<QueueOrder>(); }

}  // namespace heddle
