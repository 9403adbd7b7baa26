// From what workers handed in, and who asked about it afterwards.
#include <fmt/format.h>
#include <algorithm>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/endings/unread_failures.hpp>

namespace heddle::endings {
namespace {

using mp::Verb;

bool asks_about_result(const OperationRow& operation) {
  return operation.verb == Verb::get || operation.verb == Verb::successful || operation.verb == Verb::next;
}

// Whoever asks about a job that failed learns of it by a number: one that gave up before the job was done has
// not learned of it, nor has a next() that gave another part's result. A next() behind the last result has
// the same number, and then all parts have been asked for.
bool learned_of_failure(const OperationRow& operation) {
  return asks_about_result(operation) && operation.number == 1;
}

bool was_terminated(const Situation& situation, ObjectIndex pool) {
  return std::ranges::any_of(situation.operations, [&](const OperationRow& operation) {
    return operation.verb == Verb::terminate && operation.object == pool;
  });
}

// Who made the job waits for it itself, or it has an error callback that was called. Whoever asked too early,
// or read other parts, and then terminated the pool has no use for the rest.
bool is_looked_at(const Situation& situation, const OperationRow& call) {
  if (call.verb == Verb::apply || call.verb == Verb::map || call.verb == Verb::starmap) return true;
  bool was_asked = false;
  for (const OperationRow& operation : situation.operations) {
    if (operation.object != call.related || operation.kind != mp::ObjectKind::async_result) continue;
    const bool is_called_back = operation.verb == Verb::take && operation.number == 1;
    if (is_called_back || learned_of_failure(operation)) return true;
    was_asked = was_asked || asks_about_result(operation);
  }
  return was_asked && was_terminated(situation, call.object);
}

// Who was cut off might have asked later.
bool was_cut_off(const Situation& situation, TaskIndex task) {
  const ProcessRow& process = situation.processes[situation.tasks[task].process];
  return process.alive || process.signal != 0 || !process.uncaught.empty();
}

// A worker handed a failure in.
OperationIndex call_of_unread_failure(const Situation& situation, const OperationRow& operation) {
  if (operation.verb != Verb::hand_in || operation.number != 1) return none;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& call = situation.operations[index];
    if (call.kind != mp::ObjectKind::pool || call.related != operation.object) continue;
    return is_looked_at(situation, call) || was_cut_off(situation, call.task) ? none : index;
  }
  return none;
}

}  // namespace

void tell_unread_failures(const Situation& situation, Findings& findings) {
  std::vector<ObjectIndex> told;
  for (const OperationRow& operation : situation.operations) {
    const OperationIndex call = call_of_unread_failure(situation, operation);
    if (call == none || std::ranges::find(told, operation.object) != told.end()) continue;
    told.push_back(operation.object);
    findings.add({.rule = "pool-result-unread",
                  .severity = Severity::warning,
                  .object = situation.name_of_object(operation.object),
                  .sentence = fmt::format("{} called {}: the job raised in {}{}{}, and nobody looked at its "
                                          "result",
                                          situation.name_of_task(situation.operations[call].task),
                                          words_of(situation, call), situation.name_of_task(operation.task),
                                          situation.result_of(operation).empty() ? "" : " ",
                                          situation.result_of(operation)),
                  .parties = {party_of(situation, call)},
                  .object_index = operation.object});
  }
}

}  // namespace heddle::endings
