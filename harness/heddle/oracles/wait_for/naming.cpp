// The names, most telling first.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/lock_owner.hpp>
#include <heddle/oracles/wait_for/naming.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {
namespace {

// The connection that receives from a stream, if the kernel has learnt it; else that it is one.
std::string stream_in_words(const Situation& situation, std::uint32_t stream) {
  for (ObjectIndex object = 0; object < situation.objects.size(); ++object)
    if (situation.objects[object].stream_in == stream) return situation.name_of_object(object);
  return "a stream";
}

std::string in_words(const Situation& situation, const WaitTarget& each) {
  if (each.kind == WaitKind::process) return "the end of " + situation.name_of(each.target);
  return each.target == none ? "a client" : stream_in_words(situation, each.target);
}

std::string wait_in_words(const Situation& situation, TaskIndex task) {
  const TaskRow& row = situation.tasks[task];
  std::string words = situation.name_of_task(task) + " in ";
  words += row.operation == none ? "a call of the operating system" : words_of(situation, row.operation);
  if (const auto owner = owner_of(situation, task))
    words += fmt::format(" for what {} has held since step {}", situation.name_of_task(owner->task),
                         situation.operations[owner->acquired].step_end);
  if (row.wait != WaitKind::any || row.targets.empty()) return words;
  std::vector<std::string> targets;
  for (const WaitTarget& each : row.targets) targets.push_back(in_words(situation, each));
  return fmt::format("{} for any of {}", words, fmt::join(targets, ", "));
}

// What is waited for was taken somewhere.
void add_takings(Finding& finding, const Situation& situation, HopelessSet set) {
  for (const TaskIndex task : set) {
    const auto owner = owner_of(situation, task);
    if (!owner || !is_user(situation, task)) continue;
    const Party taken = party_of(situation, owner->acquired);
    const bool is_known = std::ranges::any_of(finding.parties, [&](const Party& party) {
      return party.step == taken.step && party.who == taken.who;
    });
    if (!is_known) finding.parties.push_back(taken);
  }
}

Finding deadlock(const Situation& situation, HopelessSet set) {
  ObjectIndex subject = none;
  std::vector<std::string> waits;
  for (const TaskIndex task : set) {
    if (!is_user(situation, task) || is_idle_worker(situation, task)) continue;
    const OperationRow* const row = operation_of(situation, task);
    if (subject == none && row != nullptr && !only_joins(situation, task)) subject = row->object;
    waits.push_back(wait_in_words(situation, task));
  }
  Finding finding = finding_of_set(situation, "deadlock", subject, set);
  finding.sentence = fmt::format("nobody alive can end these waits: {}", fmt::join(waits, "; "));
  add_takings(finding, situation, set);
  return finding;
}

}  // namespace

Finding name_hopeless_set(const Situation& situation, HopelessSet set) {
  for (const TaskIndex task : set)
    if (const auto owner = dead_owner(situation, task)) return lock_orphaned(situation, set, task, *owner);
  for (const auto story : {&lock_self_deadlock, &items_lost, &task_done_missing, &end_left_open,
                           &join_before_drain, &both_sending, &sentinel_shortage, &event_pulse_missed,
                           &barrier_short, &notify_dead_waiter, &lost_wakeup})
    if (auto finding = story(situation, set)) return *finding;
  return deadlock(situation, set);
}

Finding name_standstill(const Situation& situation) {
  std::vector<TaskIndex> waiting;
  for (TaskIndex task = 0; task < situation.tasks.size(); ++task)
    if (situation.tasks[task].state == TaskState::blocked) waiting.push_back(task);
  std::vector<std::string> stopped;
  for (ProcessIndex process = 0; process < situation.processes.size(); ++process)
    if (situation.processes[process].is_stopped && situation.processes[process].alive)
      stopped.push_back(situation.name_of(process));
  Finding finding = deadlock(situation, waiting);
  if (stopped.empty()) return finding;
  const bool is_one = stopped.size() == 1;
  finding.sentence = fmt::format("{} {} stopped (SIGSTOP) and nobody is left to resume {}{}{}",
                                 fmt::join(stopped, ", "), is_one ? "is" : "are", is_one ? "it" : "them",
                                 waiting.empty() ? "" : ": ", waiting.empty() ? "" : finding.sentence);
  return finding;
}

}  // namespace heddle
