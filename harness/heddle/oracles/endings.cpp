// How processes end, and what the program itself finds wrong. An uncaught exception is a crash unless
// somebody afterwards reads that process's exit code and it tells of it; the main process has nobody who
// would, and a thread's exception leaves its process's exit code as it is. A pool's job that raised is one
// that somebody looks at.
#include <fmt/format.h>
#include <algorithm>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/endings.hpp>

namespace heddle {
namespace {

bool exit_code_told_of_it(const Situation& situation, ObjectIndex process) {
  for (const OperationRow& operation : situation.operations)
    if (operation.verb == mp::Verb::exitcode && operation.object == process && operation.succeeded &&
        operation.number != 0)
      return true;
  return false;
}

// The last operation of the process that did not succeed: what the exception came out of.
OperationIndex last_failure(const Situation& situation, ProcessIndex process) {
  for (OperationIndex index = static_cast<OperationIndex>(situation.operations.size()); index-- > 0;) {
    const OperationRow& operation = situation.operations[index];
    if (situation.tasks[operation.task].process == process && operation.ended && !operation.succeeded)
      return index;
  }
  return none;
}

bool asks_about_result(const OperationRow& operation) {
  return operation.verb == mp::Verb::get || operation.verb == mp::Verb::successful ||
         operation.verb == mp::Verb::next;
}

// Who made the job waits for it itself, or it has an error callback that was called.
bool is_looked_at(const Situation& situation, ObjectIndex job) {
  for (const OperationRow& operation : situation.operations) {
    const bool is_waited_for = operation.verb == mp::Verb::apply || operation.verb == mp::Verb::map ||
                               operation.verb == mp::Verb::starmap;
    if (is_waited_for && operation.related == job) return true;
    if (operation.object != job || operation.kind != mp::ObjectKind::async_result) continue;
    const bool is_called_back = operation.verb == mp::Verb::take && operation.number == 1;
    if (is_called_back || (asks_about_result(operation) && operation.ended)) return true;
  }
  return false;
}

// A worker handed a failure in.
OperationIndex call_of_unread_failure(const Situation& situation, const OperationRow& operation) {
  if (operation.verb != mp::Verb::hand_in || operation.number != 1) return none;
  if (is_looked_at(situation, operation.object)) return none;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index)
    if (situation.operations[index].kind == mp::ObjectKind::pool &&
        situation.operations[index].related == operation.object)
      return index;
  return none;
}

class Endings final : public Oracle {
 public:
  EventMask interests() const override { return mask_of(EventKind::failed) | mask_of(EventKind::ended); }
  void begin() override {}

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::failed) {
      findings.add({.rule = "assertion",
                    .sentence = fmt::format("{}: {}", situation.name_of_task(event.task), event.text),
                    .parties = {Party{.who = situation.name_of_task(event.task),
                                      .operation = "assertion",
                                      .where = event.where,
                                      .step = situation.step}}});
      return;
    }
    for (ProcessIndex process = 0; process < situation.processes.size(); ++process) {
      const ProcessRow& row = situation.processes[process];
      if (row.uncaught.empty() || (row.object != none && exit_code_told_of_it(situation, row.object)))
        continue;
      crashed(process, situation, findings);
    }
    unread_failures(situation, findings);
  }

 private:
  static void unread_failures(const Situation& situation, Findings& findings) {
    std::vector<ObjectIndex> told;
    for (const OperationRow& operation : situation.operations) {
      const OperationIndex call = call_of_unread_failure(situation, operation);
      if (call == none || std::ranges::find(told, operation.object) != told.end()) continue;
      told.push_back(operation.object);
      findings.add(
          {.rule = "pool-result-unread",
           .severity = Severity::warning,
           .object = situation.name_of_object(operation.object),
           .sentence = fmt::format("{} called {}: the job raised in {}{}{}, and nobody looked at its "
                                   "result",
                                   situation.name_of_task(situation.operations[call].task),
                                   words_of(situation, call), situation.name_of_task(operation.task),
                                   operation.result.empty() ? "" : " ", operation.result),
           .parties = {party_of(situation, call)},
           .object_index = operation.object});
    }
  }

  static void crashed(ProcessIndex process, const Situation& situation, Findings& findings) {
    const OperationIndex cause = last_failure(situation, process);
    const ProcessRow& row = situation.processes[process];
    const bool was_thread = !row.alive && row.signal == 0 && row.status == 0;
    Finding finding{
        .rule = "crash",
        .object = situation.name_of(process),
        .sentence = fmt::format("{}{} ended by an uncaught exception: {}", was_thread ? "a thread of " : "",
                                situation.name_of(process), row.uncaught)};
    if (cause != none) {
      finding.parties.push_back(party_of(situation, cause));
      finding.object_index = situation.operations[cause].object;
    }
    findings.add(std::move(finding));
  }
};

}  // namespace

std::unique_ptr<Oracle> make_endings() { return std::make_unique<Endings>(); }

}  // namespace heddle
