// How processes end, and what the program itself finds wrong. An uncaught exception is a crash unless
// somebody afterwards reads that process's exit code and it tells of it; the main process has nobody who
// would, and a thread's exception leaves its process's exit code as it is.
#include <fmt/format.h>

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
  }

 private:
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
