// A receiver that waits for an end of file while a copy of the sending end is left open.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <vector>

#include <heddle/oracles/wait_for/naming.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

bool ever_sent(const Situation& situation, ProcessIndex process, ObjectIndex end) {
  return std::ranges::any_of(situation.operations, [&](const OperationRow& row) {
    return row.object == end && row.verb == Verb::send && situation.tasks[row.task].process == process;
  });
}

bool was_given(const Situation& situation, ProcessIndex process, ObjectIndex end) {
  const TaskIndex creator = situation.objects[end].creator;
  if (creator != no_task && situation.tasks[creator].process == process) return false;
  return std::ranges::find(situation.objects[end].holders, process, &Holder::process) !=
         situation.objects[end].holders.end();
}

bool only_joins_in(const Situation& situation, HopelessSet set, ProcessIndex process) {
  return std::ranges::none_of(set, [&](TaskIndex task) {
    return situation.tasks[task].process == process && is_user(situation, task) &&
           !only_joins(situation, task);
  });
}

/// Who still keeps a sending end open, and whether its reader can have waited for more than the end of file.
struct OpenEnd {
  const Situation& situation;
  HopelessSet set;
  ObjectIndex end;
  ProcessIndex reader;
  std::vector<ProcessIndex> holders = {};
  bool was_let_go = false;  // by another than the reader, who had sent or was meant to: no more was to come

  void look_at(const Holder& each) {
    if (each.descriptors > 0 && situation.processes[each.process].alive) {
      holders.push_back(each.process);
    } else if (each.process != reader) {
      was_let_go =
          was_let_go || ever_sent(situation, each.process, end) || was_given(situation, each.process, end);
    }
  }

  // Each of them that can name the end has sent its last, and waits for others to end.
  bool only_ends_are_awaited() const {
    bool anybody_sent = false;
    for (const ProcessIndex holder : holders) {
      if (holder == reader || !situation.holds(end, holder)) continue;
      if (!only_joins_in(situation, set, holder)) return false;
      anybody_sent = anybody_sent || ever_sent(situation, holder, end);
    }
    return anybody_sent;
  }

  bool is_left_open() const {
    const auto can_name = [&](ProcessIndex holder) { return situation.holds(end, holder); };
    if (holders.empty()) return false;
    if (std::ranges::none_of(holders, can_name)) return true;  // nobody can send
    if (only_ends_are_awaited()) return true;
    return was_let_go && std::ranges::none_of(holders, [&](ProcessIndex holder) {
             return ever_sent(situation, holder, end) && !only_joins_in(situation, set, holder);
           });
  }

  bool is_held_by_its_maker() const {
    const ProcessIndex maker = situation.tasks[situation.objects[end].creator].process;
    return std::ranges::find(holders, maker) != holders.end();
  }

  // No operation, so no step: the pipe was made before anything was done to it.
  Party making() const {
    const ObjectRow& row = situation.objects[end];
    return {.who = situation.name_of_task(row.creator), .operation = "Pipe()", .where = row.where};
  }

  std::string in_words(ProcessIndex holder) const {
    const std::string who = situation.name_of(holder);
    if (!situation.holds(end, holder)) return who + " (which inherited it when it was started)";
    if (was_given(situation, holder, end)) return who + " (which was given it and never closed it)";
    return who + " (which made it and never closed it)";
  }
};

}  // namespace

std::optional<Finding> end_left_open(const Situation& situation, HopelessSet set) {
  for (const TaskIndex task : set) {
    const OperationRow* const row = operation_of(situation, task);
    if (row == nullptr || row->verb != Verb::recv || row->kind != ObjectKind::connection) continue;
    const std::uint32_t stream = situation.tasks[task].wait_target;
    const ObjectIndex sending_end = situation.objects[row->object].peer;
    if (stream == none || sending_end == none) continue;
    OpenEnd open{
        .situation = situation, .set = set, .end = sending_end, .reader = situation.tasks[task].process};
    for (const Holder& each : situation.streams[stream].writers) open.look_at(each);
    if (!open.is_left_open()) continue;
    std::vector<std::string> holders;
    for (const ProcessIndex holder : open.holders) holders.push_back(open.in_words(holder));
    Finding finding = finding_of_set(situation, "pipe-end-left-open", row->object, set);
    finding.sentence = fmt::format(
        "{} waits in {}.recv() for an end of file that never comes: a copy of the sending end is still held "
        "by {}",
        situation.name_of_task(task), finding.object, fmt::join(holders, ", "));
    if (open.is_held_by_its_maker()) finding.parties.push_back(open.making());
    return finding;
  }
  return std::nullopt;
}

}  // namespace heddle
