// The names, most telling first.
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <string>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/naming.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;
using Set = std::span<const TaskIndex>;

const OperationRow* operation_of(const Situation& situation, TaskIndex task) {
  const OperationIndex index = situation.tasks[task].operation;
  return index == none ? nullptr : &situation.operations[index];
}

bool is_user(const Situation& situation, TaskIndex task) {
  return situation.tasks[task].role == mp::Role::user;
}

// Waiting for somebody else to end says nothing about why that one does not.
bool only_joins(const Situation& situation, TaskIndex task) {
  const WaitKind wait = situation.tasks[task].wait;
  return wait == WaitKind::process || wait == WaitKind::thread;
}

Finding base(const Situation& situation, std::string_view rule, ObjectIndex object, Set set) {
  Finding finding{.rule = std::string(rule),
                  .object = situation.name_of_object(object),
                  .object_index = object};
  for (const TaskIndex task : set)
    if (is_user(situation, task) && situation.tasks[task].operation != none)
      finding.parties.push_back(party_of(situation, situation.tasks[task].operation));
  return finding;
}

std::string names_of(const Situation& situation, const std::vector<TaskIndex>& tasks) {
  std::vector<std::string> names;
  for (const TaskIndex task : tasks) names.push_back(situation.name_of_task(task));
  return fmt::format("{}", fmt::join(names, ", "));
}

// --- tasks never marked done --------------------------------------------------------------------------

struct Undone {
  std::string who;
  std::string item;
  OperationIndex get;
};

// Each task's task_done marks its oldest item that is not marked yet; what remains was forgotten.
std::vector<Undone> undone_items(const Situation& situation, ObjectIndex queue) {
  std::vector<OperationIndex> open;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.object != queue || !row.succeeded) continue;
    if (row.verb == Verb::get) open.push_back(index);
    if (row.verb != Verb::task_done) continue;
    const auto own = std::ranges::find_if(
        open, [&](OperationIndex get) { return situation.operations[get].task == row.task; });
    if (own != open.end()) {
      open.erase(own);
    } else if (!open.empty()) {
      open.erase(open.begin());
    }
  }
  std::vector<Undone> undone;
  for (const OperationIndex get : open)
    undone.push_back({situation.name_of_task(situation.operations[get].task), situation.operations[get].result, get});
  return undone;
}

std::optional<Finding> task_done_missing(const Situation& situation, Set set) {
  for (const TaskIndex task : set) {
    const OperationRow* const row = operation_of(situation, task);
    if (row == nullptr || row->verb != Verb::join || row->kind != ObjectKind::joinable_queue) continue;
    const std::vector<Undone> undone = undone_items(situation, row->object);
    if (undone.empty()) continue;
    Finding finding = base(situation, "task-done-missing", row->object, set);
    std::vector<std::string> items;
    for (const Undone& each : undone) {
      items.push_back(fmt::format("{} got {} and never called task_done()", each.who,
                                  each.item.empty() ? "an item" : each.item));
      finding.parties.push_back(party_of(situation, each.get));
    }
    finding.sentence = fmt::format("{} waits in {}.join() for ever: {}", situation.name_of_task(task),
                                   finding.object, fmt::join(items, "; "));
    return finding;
  }
  return std::nullopt;
}

// --- an end left open ---------------------------------------------------------------------------------

bool ever_sent(const Situation& situation, ProcessIndex process, ObjectIndex end) {
  return std::ranges::any_of(situation.operations, [&](const OperationRow& row) {
    return row.object == end && row.verb == Verb::send && situation.tasks[row.task].process == process;
  });
}

// Somebody has let go of the sending end: the end of file was meant to come.
bool somebody_closed(const Situation& situation, ObjectIndex end) {
  if (std::ranges::any_of(situation.operations, [&](const OperationRow& row) {
        return row.object == end && row.verb == Verb::close;
      }))
    return true;
  return std::ranges::any_of(situation.objects[end].holders, [&](const Holder& each) {
    return !situation.processes[each.process].alive;
  });
}

std::optional<Finding> end_left_open(const Situation& situation, Set set) {
  for (const TaskIndex task : set) {
    const OperationRow* const row = operation_of(situation, task);
    if (row == nullptr || row->verb != Verb::recv || row->kind != ObjectKind::connection) continue;
    const std::uint32_t stream = situation.tasks[task].wait_target;
    const ObjectIndex sending_end = situation.objects[row->object].peer;
    if (stream == none || sending_end == none || !somebody_closed(situation, sending_end)) continue;
    std::vector<std::string> holders;
    bool all_silent = true;
    for (const Holder& each : situation.streams[stream].writers) {
      if (each.descriptors == 0 || !situation.processes[each.process].alive) continue;
      all_silent = all_silent && !ever_sent(situation, each.process, sending_end);
      const std::string who = situation.name_of(each.process);
      if (situation.objects[sending_end].creator != no_task &&
          situation.tasks[situation.objects[sending_end].creator].process == each.process) {
        holders.push_back(who + " (which made it and never closed it)");
      } else if (situation.holds(sending_end, each.process)) {
        holders.push_back(who + " (which was given it and never closed it)");
      } else {
        holders.push_back(who + " (which inherited it when it was started)");
      }
    }
    if (holders.empty() || !all_silent) continue;
    Finding finding = base(situation, "pipe-end-left-open", row->object, set);
    finding.sentence = fmt::format(
        "{} waits in {}.recv() for an end of file that never comes: a copy of the sending end is still held by {}",
        situation.name_of_task(task), finding.object, fmt::join(holders, ", "));
    return finding;
  }
  return std::nullopt;
}

// --- too few sentinels --------------------------------------------------------------------------------

std::optional<Finding> sentinel_shortage(const Situation& situation, Set set) {
  ObjectIndex queue = none;
  std::vector<TaskIndex> getters;
  for (const TaskIndex task : set) {
    if (!is_user(situation, task) || only_joins(situation, task)) continue;
    const OperationRow* const row = operation_of(situation, task);
    if (row == nullptr || row->verb != Verb::get || (queue != none && row->object != queue)) return std::nullopt;
    queue = row->object;
    getters.push_back(task);
  }
  if (getters.empty() || queue == none) return std::nullopt;
  int sentinels = 0;
  bool anybody_put = false;
  std::set<TaskIndex> consumers;
  for (const OperationRow& row : situation.operations) {
    if (row.object != queue) continue;
    if (row.verb == Verb::get) consumers.insert(row.task);
    if (row.verb != Verb::put) continue;
    anybody_put = true;
    if (row.succeeded && row.number == 1) ++sentinels;
    if (std::ranges::find(getters, row.task) != getters.end()) return std::nullopt;
  }
  if (!anybody_put) return std::nullopt;
  Finding finding = base(situation, "sentinel-shortage", queue, set);
  finding.sentence = fmt::format(
      "{} wait{} in {}.get() for ever: all producers have ended and {} sentinel{} (None) {} put for {} consumer{}",
      names_of(situation, getters), getters.size() == 1 ? "s" : "", finding.object, sentinels,
      sentinels == 1 ? "" : "s", sentinels == 1 ? "was" : "were", consumers.size(),
      consumers.size() == 1 ? "" : "s");
  return finding;
}

// --- anything else ------------------------------------------------------------------------------------

Finding deadlock(const Situation& situation, Set set) {
  ObjectIndex subject = none;
  std::vector<std::string> waits;
  for (const TaskIndex task : set) {
    if (!is_user(situation, task)) continue;
    const OperationIndex index = situation.tasks[task].operation;
    if (index == none) continue;
    if (subject == none && !only_joins(situation, task)) subject = situation.operations[index].object;
    waits.push_back(fmt::format("{} in {}", situation.name_of_task(task), words_of(situation, index)));
  }
  Finding finding = base(situation, "deadlock", subject, set);
  finding.sentence = fmt::format("nobody alive can end these waits: {}", fmt::join(waits, "; "));
  return finding;
}

}  // namespace

std::optional<LockOwner> dead_owner(const Situation& situation, TaskIndex waiter) {
  const OperationRow* const row = operation_of(situation, waiter);
  if (row == nullptr || row->verb != Verb::acquire || row->kind != ObjectKind::lock) return std::nullopt;
  for (OperationIndex index = static_cast<OperationIndex>(situation.operations.size()); index-- > 0;) {
    const OperationRow& other = situation.operations[index];
    if (other.object != row->object) continue;
    if (other.verb == Verb::release && other.succeeded) return std::nullopt;
    if (other.verb != Verb::acquire || !other.succeeded) continue;
    if (situation.tasks[other.task].state != TaskState::ended) return std::nullopt;
    return LockOwner{other.task, index};
  }
  return std::nullopt;
}

Finding lock_orphaned(const Situation& situation, std::span<const TaskIndex> set, TaskIndex waiter,
                      const LockOwner& owner) {
  const ObjectIndex lock = situation.operations[owner.acquired].object;
  const ProcessRow& process = situation.processes[situation.tasks[owner.task].process];
  Finding finding = base(situation, "lock-orphaned", lock, set);
  finding.parties.push_back(party_of(situation, owner.acquired));
  std::string end = process.alive ? "ended" : fmt::format("ended with status {}", process.status);
  if (process.signal != 0) end = fmt::format("was killed by signal {}", process.signal);
  finding.sentence = fmt::format("{} waits for {}, but {} {} while holding it (since step {})",
                                 situation.name_of_task(waiter), finding.object,
                                 situation.name_of_task(owner.task), end,
                                 situation.operations[owner.acquired].step_end);
  return finding;
}

Finding name_hopeless_set(const Situation& situation, std::span<const TaskIndex> set) {
  for (const TaskIndex task : set)
    if (const auto owner = dead_owner(situation, task)) return lock_orphaned(situation, set, task, *owner);
  if (auto finding = task_done_missing(situation, set)) return *finding;
  if (auto finding = end_left_open(situation, set)) return *finding;
  if (auto finding = sentinel_shortage(situation, set)) return *finding;
  return deadlock(situation, set);
}

}  // namespace heddle
