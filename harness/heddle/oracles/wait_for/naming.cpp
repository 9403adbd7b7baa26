// The names, most telling first.
#include <fmt/format.h>
#include <algorithm>
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
  const TaskRow& row = situation.tasks[task];
  if (row.wait == WaitKind::any && !row.targets.empty())
    return std::ranges::all_of(row.targets,
                               [](const WaitTarget& each) { return each.kind == WaitKind::process; });
  return row.wait == WaitKind::process || row.wait == WaitKind::thread;
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
    undone.push_back(
        {situation.name_of_task(situation.operations[get].task), situation.operations[get].result, get});
  return undone;
}

int taken_by_nobody(const Situation& situation, ObjectIndex queue) {
  int items = 0;
  for (const OperationRow& row : situation.operations) {
    if (row.object != queue || !row.succeeded) continue;
    if (row.verb == Verb::put) ++items;
    if (row.verb == Verb::get) --items;
  }
  return items;
}

// Kept from going on by something else than the queue and the ends of others: it may still do its part.
bool waits_elsewhere(const Situation& situation, TaskIndex task, ObjectIndex queue) {
  const OperationRow* const row = operation_of(situation, task);
  return is_user(situation, task) && situation.tasks[task].state == TaskState::blocked && row != nullptr &&
         row->object != queue && row->verb != Verb::finish && !only_joins(situation, task);
}

// Why a queue's join does not end: items that were got and not marked by those who have gone on, and items
// that nobody took although nobody who could is kept from it. Empty: somebody is stuck, and that is another
// story.
std::vector<std::string> missing_marks(const Situation& situation, Set set, ObjectIndex queue,
                                       Finding& finding) {
  std::vector<std::string> items;
  for (const Undone& each : undone_items(situation, queue)) {
    if (waits_elsewhere(situation, situation.operations[each.get].task, queue)) continue;
    items.push_back(fmt::format("{} got {} and never called task_done()", each.who,
                                each.item.empty() ? "an item" : each.item));
    finding.parties.push_back(party_of(situation, each.get));
  }
  const bool somebody_stuck = std::ranges::any_of(set, [&](TaskIndex task) {
    return waits_elsewhere(situation, task, queue) && situation.holds(queue, situation.tasks[task].process);
  });
  const int left = taken_by_nobody(situation, queue);
  if (left > 0 && !somebody_stuck)
    items.push_back(fmt::format("{} item{} put and never got", left, left == 1 ? " was" : "s were"));
  return items;
}

std::optional<Finding> task_done_missing(const Situation& situation, Set set) {
  for (const TaskIndex task : set) {
    const OperationRow* const row = operation_of(situation, task);
    if (row == nullptr || row->verb != Verb::join || row->kind != ObjectKind::joinable_queue) continue;
    Finding finding = finding_of_set(situation, "task-done-missing", row->object, set);
    const std::vector<std::string> items = missing_marks(situation, set, row->object, finding);
    if (items.empty()) continue;
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

bool was_given(const Situation& situation, ProcessIndex process, ObjectIndex end) {
  const TaskIndex creator = situation.objects[end].creator;
  if (creator != no_task && situation.tasks[creator].process == process) return false;
  return std::ranges::find(situation.objects[end].holders, process, &Holder::process) !=
         situation.objects[end].holders.end();
}

bool only_joins_in(const Situation& situation, Set set, ProcessIndex process) {
  return std::ranges::none_of(set, [&](TaskIndex task) {
    return situation.tasks[task].process == process && is_user(situation, task) &&
           !only_joins(situation, task);
  });
}

/// Who still keeps a sending end open, and whether its reader can have waited for more than the end of file.
struct OpenEnd {
  const Situation& situation;
  Set set;
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

  std::string in_words(ProcessIndex holder) const {
    const std::string who = situation.name_of(holder);
    if (!situation.holds(end, holder)) return who + " (which inherited it when it was started)";
    if (was_given(situation, holder, end)) return who + " (which was given it and never closed it)";
    return who + " (which made it and never closed it)";
  }
};

std::optional<Finding> end_left_open(const Situation& situation, Set set) {
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
    return finding;
  }
  return std::nullopt;
}

// --- locks ---------------------------------------------------------------------------------------------

// An operation on a Value or an Array takes the lock of that inside, unless it is raw and has none related.
bool takes_lock_inside(const OperationRow& row) {
  return row.kind == ObjectKind::value || row.kind == ObjectKind::array;
}

// A Condition's waiter wants its lock back, and nobody can notify it without having the lock.
ObjectIndex lock_wanted(const OperationRow& row) {
  if (row.verb == Verb::acquire && row.kind == ObjectKind::lock) return row.object;
  return row.verb == Verb::wait || takes_lock_inside(row) ? row.related : none;
}

// Struck inside a Value's or Array's operation that had not had to wait for the lock.
bool died_inside(const Situation& situation, const OperationRow& row, ObjectIndex lock) {
  return takes_lock_inside(row) && row.related == lock && !row.ended && !row.blocked &&
         situation.tasks[row.task].state == TaskState::ended;
}

// In the order in which the lock changed hands: it is taken when an acquire ends, or a wait of a Condition
// that gave it up meanwhile; it is given up when the last release begins, or such a wait.
std::optional<LockOwner> owner_of(const Situation& situation, TaskIndex waiter) {
  const OperationRow* const row = operation_of(situation, waiter);
  const ObjectIndex lock = row == nullptr ? none : lock_wanted(*row);
  if (lock == none) return std::nullopt;
  OperationIndex taken = none;
  std::uint64_t given_up = 0;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& other = situation.operations[index];
    if (died_inside(situation, other, lock)) return LockOwner{other.task, index};
    const bool acquires = other.verb == Verb::acquire && other.object == lock && other.succeeded;
    const bool releases = other.verb == Verb::release && other.object == lock && other.succeeded;
    const bool waits = other.verb == Verb::wait && other.related == lock && other.blocked;
    if ((releases && other.number == 0) || waits) given_up = std::max(given_up, other.step_begin);
    if ((acquires || (waits && other.ended)) &&
        (taken == none || other.step_end >= situation.operations[taken].step_end))
      taken = index;
  }
  if (taken == none || situation.operations[taken].step_end <= given_up) return std::nullopt;
  return LockOwner{situation.operations[taken].task, taken};
}

// --- too few sentinels --------------------------------------------------------------------------------

// Waits for a lock that another of the set holds: that one's wait is what is wrong.
bool waits_behind(const Situation& situation, Set set, TaskIndex task) {
  const std::optional<LockOwner> owner = owner_of(situation, task);
  return owner && std::ranges::find(set, owner->task) != set.end();
}

std::optional<Finding> sentinel_shortage(const Situation& situation, Set set) {
  ObjectIndex queue = none;
  std::vector<TaskIndex> getters;
  for (const TaskIndex task : set) {
    if (!is_user(situation, task) || only_joins(situation, task) || waits_behind(situation, set, task))
      continue;
    const OperationRow* const row = operation_of(situation, task);
    if (row == nullptr || row->verb != Verb::get || (queue != none && row->object != queue))
      return std::nullopt;
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
    const bool is_kept_from_more =
        std::ranges::find(set, row.task) != set.end() && !only_joins(situation, row.task);
    if (is_kept_from_more) return std::nullopt;
  }
  if (!anybody_put) return std::nullopt;
  Finding finding = finding_of_set(situation, "sentinel-shortage", queue, set);
  finding.sentence = fmt::format(
      "{} wait{} in {}.get() for ever: all producers have ended and {} sentinel{} (None) {} put for {} "
      "consumer{}",
      names_of(situation, getters), getters.size() == 1 ? "s" : "", finding.object, sentinels,
      sentinels == 1 ? "" : "s", sentinels == 1 ? "was" : "were", consumers.size(),
      consumers.size() == 1 ? "" : "s");
  return finding;
}

// --- anything else ------------------------------------------------------------------------------------

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
  if (row.wait != WaitKind::any || row.targets.empty()) return words;
  std::vector<std::string> targets;
  for (const WaitTarget& each : row.targets) targets.push_back(in_words(situation, each));
  return fmt::format("{} for any of {}", words, fmt::join(targets, ", "));
}

Finding deadlock(const Situation& situation, Set set) {
  ObjectIndex subject = none;
  std::vector<std::string> waits;
  for (const TaskIndex task : set) {
    if (!is_user(situation, task)) continue;
    const OperationRow* const row = operation_of(situation, task);
    if (subject == none && row != nullptr && !only_joins(situation, task)) subject = row->object;
    waits.push_back(wait_in_words(situation, task));
  }
  Finding finding = finding_of_set(situation, "deadlock", subject, set);
  finding.sentence = fmt::format("nobody alive can end these waits: {}", fmt::join(waits, "; "));
  return finding;
}

}  // namespace

Finding finding_of_set(const Situation& situation, std::string_view rule, ObjectIndex object, Set set) {
  Finding finding{
      .rule = std::string(rule), .object = situation.name_of_object(object), .object_index = object};
  for (const TaskIndex task : set)
    if (is_user(situation, task) && situation.tasks[task].operation != none)
      finding.parties.push_back(party_of(situation, situation.tasks[task].operation));
  return finding;
}

// Dead is who has ended, or given up every handle of the lock on the way to it.
std::optional<LockOwner> dead_owner(const Situation& situation, TaskIndex waiter) {
  const std::optional<LockOwner> owner = owner_of(situation, waiter);
  if (!owner) return std::nullopt;
  const TaskRow& task = situation.tasks[owner->task];
  const ObjectIndex lock = lock_wanted(situation.operations[situation.tasks[waiter].operation]);
  if (task.state != TaskState::ended && situation.holds(lock, task.process)) return std::nullopt;
  return owner;
}

Finding lock_orphaned(const Situation& situation, std::span<const TaskIndex> set, TaskIndex waiter,
                      const LockOwner& owner) {
  const ObjectIndex lock = lock_wanted(situation.operations[situation.tasks[waiter].operation]);
  const ProcessRow& process = situation.processes[situation.tasks[owner.task].process];
  Finding finding = finding_of_set(situation, "lock-orphaned", lock, set);
  finding.parties.push_back(party_of(situation, owner.acquired));
  std::string end = process.alive ? "ended" : fmt::format("ended with status {}", process.status);
  if (process.signal != 0) end = fmt::format("was killed by signal {}", process.signal);
  finding.sentence = fmt::format(
      "{} waits for {}, but {} {} while holding it (since step {})", situation.name_of_task(waiter),
      finding.object, situation.name_of_task(owner.task), end, situation.operations[owner.acquired].step_end);
  return finding;
}

Finding name_hopeless_set(const Situation& situation, std::span<const TaskIndex> set) {
  for (const TaskIndex task : set)
    if (const auto owner = dead_owner(situation, task)) return lock_orphaned(situation, set, task, *owner);
  if (auto finding = task_done_missing(situation, set)) return *finding;
  if (auto finding = end_left_open(situation, set)) return *finding;
  if (auto finding = join_before_drain(situation, set)) return *finding;
  if (auto finding = sentinel_shortage(situation, set)) return *finding;
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
