// Misuse that a primitive itself rejects: what it says is a finding even if the program swallows the
// exception. The primitive names the rule and the reason; the history tells of the other party, so that the
// reader sees whose call was the one too many.
//
// Some answers are news that a program may get through no fault of its own: that nobody is left at the other
// end, that a server is gone. They are a finding if the caller could know: it goes on although it has been
// told, or the other side's leaving comes before the call in every interleaving. News that nobody catches is
// the `endings` oracle's.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include <heddle/core/circumstances.hpp>
#include <heddle/core/party.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/oracles/typed_misuse.hpp>

namespace heddle {
namespace {

// A pool's own threads call nothing that the program wrote: what they report is told of the call that made
// the job.
bool is_of_a_pool(const OperationRow& operation) {
  return operation.verb == mp::Verb::serve || operation.verb == mp::Verb::hand_in;
}

OperationIndex made_by(const Situation& situation, ObjectIndex job, OperationIndex otherwise) {
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.kind == mp::ObjectKind::pool && row.related == job && job != none) return index;
  }
  return otherwise;
}

/// A process gave a connection's end up, or a manager was shut down.
struct Leaving {
  ObjectIndex object = none;
  ProcessIndex process = none;
  Epoch when;
};

class TypedMisuse final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::misused) | mask_of(EventKind::claim_dropped) |
           mask_of(EventKind::operation_ended);
  }
  ObjectKinds kinds() const override { return {mp::ObjectKind::manager}; }
  void begin() override {
    leavings_.clear();
    told_.clear();
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::misused) return misused(event, situation, findings);
    if (event.object == none) return;
    const mp::ObjectKind kind = situation.objects[event.object].kind;
    const bool leaves = event.kind == EventKind::claim_dropped
                            ? kind == mp::ObjectKind::connection
                            : kind == mp::ObjectKind::manager &&
                                  situation.operations[event.operation].verb == mp::Verb::close;
    if (leaves)
      leavings_.push_back({.object = event.object,
                           .process = situation.tasks[event.task].process,
                           .when = situation.clock.now(event.task)});
  }

 private:
  void misused(const Event& event, const Situation& situation, Findings& findings) {
    const Rule* const known = rule(event.rule);
    if (known == nullptr || event.operation == none) return;
    if (known->is_weighed && !could_know(situation, event.operation)) {
      told_.push_back(event.operation);
      return;
    }
    const bool is_inner = is_of_a_pool(situation.operations[event.operation]);
    const OperationIndex call =
        is_inner ? made_by(situation, event.object, event.operation) : event.operation;
    const OperationRow& operation = situation.operations[call];
    const Circumstances circumstances = circumstances_of(situation, event.rule, call);
    Finding finding{.rule = std::string(event.rule),
                    .severity = known->severity,
                    .object = situation.name_of_object(operation.object),
                    .sentence = fmt::format("{} called {}: {}{}", situation.name_of_task(operation.task),
                                            words_of(situation, call), event.text, circumstances.words),
                    .parties = {party_of(situation, call)},
                    .object_index = operation.object};
    for (const OperationIndex other : circumstances.others)
      finding.parties.push_back(party_of(situation, other));
    findings.add(std::move(finding));
  }

  bool could_know(const Situation& situation, OperationIndex call) const {
    const OperationRow& row = situation.operations[call];
    if (was_told(situation, row)) return true;
    if (row.kind != mp::ObjectKind::connection)
      return row.kind == mp::ObjectKind::manager || knows_of_shutdown(situation, row.task);
    const ObjectIndex peer = situation.objects[row.object].peer;
    if (row.verb != mp::Verb::send || peer == none) return false;
    return std::ranges::all_of(situation.objects[peer].holders, [&](const Holder& holder) {
      return knows_of_leaving(situation, row.task, peer, holder.process);
    });
  }

  // The same task on the same end: by an earlier answer, or by the end of file.
  bool was_told(const Situation& situation, const OperationRow& call) const {
    const auto is_same = [&](const OperationRow& row) {
      return row.task == call.task && row.object == call.object;
    };
    return std::ranges::any_of(told_,
                               [&](OperationIndex each) { return is_same(situation.operations[each]); }) ||
           std::ranges::any_of(situation.operations, [&](const OperationRow& row) {
             return row.verb == mp::Verb::recv && row.ended && !row.succeeded && row.number == -1 &&
                    is_same(row);
           });
  }

  bool knows_of_shutdown(const Situation& situation, TaskIndex task) const {
    return std::ranges::any_of(leavings_, [&](const Leaving& each) {
      return situation.objects[each.object].kind == mp::ObjectKind::manager &&
             situation.clock.of(task).knows(each.when);
    });
  }

  bool knows_of_leaving(const Situation& situation, TaskIndex task, ObjectIndex end,
                        ProcessIndex process) const {
    const Clock& known = situation.clock.of(task);
    const ProcessRow& row = situation.processes[process];
    if (!row.alive && known.knows(situation.clock.now(row.main))) return true;
    const auto last = std::find_if(leavings_.rbegin(), leavings_.rend(), [&](const Leaving& each) {
      return each.object == end && each.process == process;
    });
    return last != leavings_.rend() && known.knows(last->when);
  }

  std::vector<Leaving> leavings_;
  std::vector<OperationIndex> told_;  // calls that were answered with news
};

}  // namespace

std::unique_ptr<Oracle> make_typed_misuse() { return std::make_unique<TypedMisuse>(); }

}  // namespace heddle
