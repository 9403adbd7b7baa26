// Misuse that a primitive itself rejects: what it says is a finding even if the program swallows the
// exception. The primitive names the rule and the reason; the history tells who did how much of the same,
// so that the reader sees whose call was the one too many.
#include <fmt/format.h>
#include <map>
#include <string>

#include <heddle/core/party.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/oracles/typed_misuse.hpp>

namespace heddle {
namespace {

struct Tally {
  int gets = 0;
  int dones = 0;
};

// Who took items from the queue and who marked them done; the extra call is by whoever marked more.
std::string tally_of(const Situation& situation, ObjectIndex queue) {
  std::map<std::string, Tally> tallies;
  int puts = 0;
  for (const OperationRow& operation : situation.operations) {
    if (operation.object != queue) continue;
    if (operation.verb == mp::Verb::put && operation.succeeded) ++puts;
    Tally& tally = tallies[situation.name_of_task(operation.task)];
    if (operation.verb == mp::Verb::get && operation.succeeded) ++tally.gets;
    if (operation.verb == mp::Verb::task_done) ++tally.dones;
  }
  std::string text = fmt::format("{} put", puts);
  for (const auto& [who, tally] : tallies)
    if (tally.gets + tally.dones > 0)
      text += fmt::format("; {} got {} and called task_done() {} time{}{}", who, tally.gets, tally.dones,
                          tally.dones == 1 ? "" : "s", tally.dones > tally.gets ? " (one too many)" : "");
  return text;
}

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

class TypedMisuse final : public Oracle {
 public:
  EventMask interests() const override { return mask_of(EventKind::misused); }
  void begin() override {}

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    const Rule* const known = rule(event.rule);
    if (known == nullptr || event.operation == none) return;
    const bool is_inner = is_of_a_pool(situation.operations[event.operation]);
    const OperationIndex call =
        is_inner ? made_by(situation, event.object, event.operation) : event.operation;
    const OperationRow& operation = situation.operations[call];
    std::string sentence = fmt::format("{} called {}: {}", situation.name_of_task(operation.task),
                                       words_of(situation, call), event.text);
    if (operation.verb == mp::Verb::task_done) sentence += "; " + tally_of(situation, operation.object);
    findings.add({.rule = std::string(event.rule),
                  .severity = known->severity,
                  .object = situation.name_of_object(operation.object),
                  .sentence = std::move(sentence),
                  .parties = {party_of(situation, call)},
                  .object_index = operation.object});
  }
};

}  // namespace

std::unique_ptr<Oracle> make_typed_misuse() { return std::make_unique<TypedMisuse>(); }

}  // namespace heddle
