// What the program says of its state and does not keep: an invariant that a step broke, and a hot state that
// was not left. The world looks; here it is said who did it and after what.
//
// A hot state in an execution that was cut at its limit is a finding only if everybody who could run had
// turns: a strategy that lets a task wait for ever proves nothing about the program.
#include <fmt/format.h>
#include <algorithm>

#include <heddle/core/party.hpp>
#include <heddle/oracles/invariants.hpp>

namespace heddle {
namespace {

constexpr std::uint64_t operations_min = 4;  // of each task, in the second half of a long execution

// In progress, or the latest.
OperationIndex operation_of(const Situation& situation, TaskIndex task) {
  if (situation.tasks[task].operation != none) return situation.tasks[task].operation;
  for (auto index = static_cast<OperationIndex>(situation.operations.size()); index-- > 0;)
    if (situation.operations[index].task == task) return index;
  return none;
}

bool is_able(const Situation& situation, const TaskRow& row) {
  const bool will_run =
      row.state == TaskState::runnable || (row.state == TaskState::blocked && row.has_deadline);
  return will_run && row.role == mp::Role::user && !situation.processes[row.process].is_stopped;
}

bool had_everybody_turns(const Situation& situation) {
  for (TaskIndex task = 0; task < situation.tasks.size(); ++task) {
    if (!is_able(situation, situation.tasks[task])) continue;
    const auto ended = std::ranges::count_if(situation.operations, [&](const OperationRow& row) {
      return row.task == task && row.ended && row.step_begin > situation.step / 2;
    });
    if (static_cast<std::uint64_t>(ended) < operations_min) return false;
  }
  return true;
}

class Invariants final : public Oracle {
 public:
  EventMask interests() const override { return mask_of(EventKind::broken) | mask_of(EventKind::still_hot); }
  void begin() override {}

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::broken) return broken(event, situation, findings);
    const bool is_over = event.number == 0;
    if (is_over || had_everybody_turns(situation)) still_hot(event, is_over, situation, findings);
  }

 private:
  static void broken(const Event& event, const Situation& situation, Findings& findings) {
    const OperationIndex operation = operation_of(situation, event.task);
    const std::string who = situation.name_of_task(event.task);
    Finding finding{.rule = "assertion",
                    .object = std::string(event.text),
                    .sentence = sentence_of(event, who, when(situation, operation))};
    if (operation != none) finding.parties.push_back(party_of(situation, operation));
    finding.parties.push_back(
        {.who = who, .operation = "always", .where = event.where, .step = situation.step});
    findings.add(std::move(finding));
  }

  static std::string when(const Situation& situation, OperationIndex operation) {
    if (operation == none) return "before its first operation";
    return fmt::format("{} {}", situation.operations[operation].ended ? "after" : "in",
                       words_of(situation, operation));
  }

  static std::string sentence_of(const Event& event, const std::string& who, const std::string& when) {
    switch (static_cast<Breach>(event.number)) {
      case Breach::since_declared:
        return fmt::format("'{}' should always hold and did not when it was first looked at, by {} {}",
                           event.text, who, when);
      case Breach::after_step:
        return fmt::format("{} broke '{}', which should always hold, {}", who, event.text, when);
      case Breach::refused:
        return fmt::format("the predicate of '{}' does more than look: it calls {}", event.text, event.rule);
      case Breach::raised:
        return fmt::format("the predicate of '{}' raised when {} had its turn, {}: {}", event.text, who, when,
                           event.rule);
    }
    return {};
  }

  static void still_hot(const Event& event, bool is_over, const Situation& situation, Findings& findings) {
    const std::string who = situation.name_of_task(event.task);
    const ProcessRow& process = situation.processes[situation.tasks[event.task].process];
    const std::string how_long = is_over
                                     ? std::string("before the execution was over")
                                     : fmt::format("for {} steps, though everybody who could run had turns",
                                                   situation.step - event.part);
    const std::string fate =
        process.signal == 0
            ? std::string()
            : fmt::format(": {} was killed by signal {}",
                          situation.name_of(situation.tasks[event.task].process), process.signal);
    Finding finding{.rule = is_over ? "assertion" : "livelock", .object = std::string(event.text)};
    finding.sentence = fmt::format("{} entered the hot state '{}' in step {} and did not leave it {}{}", who,
                                   event.text, event.part, how_long, fate);
    finding.parties.push_back({.who = who, .operation = "hot", .where = event.where, .step = event.part});
    const OperationIndex operation = operation_of(situation, event.task);
    if (operation != none) finding.parties.push_back(party_of(situation, operation));
    findings.add(std::move(finding));
  }
};

}  // namespace

std::unique_ptr<Oracle> make_invariants() { return std::make_unique<Invariants>(); }

}  // namespace heddle
