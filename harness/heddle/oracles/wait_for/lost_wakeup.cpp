// A Condition's waiter whom no notification reaches: the last one came before it waited, and found nobody, or
// was for all and woke others, or woke the waiter itself before what it spoke of was done; or it was spent on
// a waiter who is dead.
//
// A waiter that has looked at data under the lock, after that notification, knew all that it could have told,
// unless the notifier changed what was looked at afterwards: otherwise something else is wrong. How many a
// notify(n) was to wake is not known, so one that woke anybody is taken to have been for them alone.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <string>

#include <heddle/core/death.hpp>
#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/naming.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

constexpr std::array verbs_of_locks{Verb::acquire, Verb::release, Verb::wait, Verb::notify, Verb::notify_all};

bool waits_for_notification(const OperationRow* row) {
  return row != nullptr && row->verb == Verb::wait && row->kind == ObjectKind::condition;
}

// Whoever waits for something else may be the one who would notify, and is what is wrong.
bool all_wait_for_notifications(const Situation& situation, HopelessSet set) {
  return std::ranges::all_of(set, [&](TaskIndex task) {
    return !is_user(situation, task) || only_joins(situation, task) || is_idle_worker(situation, task) ||
           waits_for_notification(operation_of(situation, task));
  });
}

bool is_notification(const OperationRow& row, ObjectIndex condition) {
  return (row.verb == Verb::notify || row.verb == Verb::notify_all) && row.object == condition &&
         row.succeeded;
}

OperationIndex last_notification(const Situation& situation, ObjectIndex condition) {
  OperationIndex last = none;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index)
    if (is_notification(situation.operations[index], condition)) last = index;
  return last;
}

// When the waiter took the lock that it gave up to wait.
std::uint64_t took_lock(const Situation& situation, const OperationRow& wait) {
  std::uint64_t taken = 0;
  for (const OperationRow& row : situation.operations) {
    if (row.task != wait.task || !row.ended || row.step_end > wait.step_begin) continue;
    const bool takes = row.verb == Verb::acquire && row.object == wait.related && row.succeeded;
    const bool takes_back = row.verb == Verb::wait && row.related == wait.related;
    if (takes || takes_back) taken = std::max(taken, row.step_end);
  }
  return taken;
}

// The latest change of what was looked at, by the notifier and after the look.
OperationIndex changed_later(const Situation& situation, const OperationRow& look, TaskIndex changer) {
  OperationIndex latest = none;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    const bool changes =
        row.verb == Verb::store || row.verb == Verb::update || row.verb == Verb::set || row.verb == Verb::put;
    if (changes && row.task == changer && row.object == look.object && row.step_begin > look.step_begin)
      latest = index;
  }
  return latest;
}

/// What a waiter has looked at since it took the lock, and what became of that.
struct Look {
  bool has_looked = false;
  OperationIndex change = none;  // by the notifier, after the look

  bool knew_all() const { return has_looked && change == none; }
};

Look look_before(const Situation& situation, const OperationRow& wait, TaskIndex notifier) {
  const std::uint64_t from = took_lock(situation, wait);
  Look look;
  for (const OperationRow& row : situation.operations) {
    if (row.task != wait.task || row.step_begin < from || row.step_begin >= wait.step_begin) continue;
    if (std::ranges::find(verbs_of_locks, row.verb) != verbs_of_locks.end()) continue;
    look.has_looked = true;
    if (look.change == none) look.change = changed_later(situation, row, notifier);
  }
  return look;
}

// The waiter itself waited before as well, and was told.
bool was_woken_by(const Situation& situation, const OperationRow& wait, const OperationRow& notification) {
  return std::ranges::any_of(situation.operations, [&](const OperationRow& row) {
    return row.task == wait.task && row.verb == Verb::wait && row.object == wait.object && row.ended &&
           row.succeeded && row.step_begin < notification.step_begin &&
           row.step_end > notification.step_begin;
  });
}

// The notifier changed what the waiter had looked at, and then notified.
bool looked_too_soon(const Situation& situation, const OperationRow& wait, const OperationRow& notification) {
  return std::ranges::any_of(situation.operations, [&](const OperationRow& row) {
    if (row.task != wait.task || row.step_begin > notification.step_begin) return false;
    const OperationIndex change = changed_later(situation, row, notification.task);
    return change != none && situation.operations[change].step_begin < notification.step_begin;
  });
}

// It was for all, and this waiter was not there yet. A thread of the notifier's own process may have looked
// at plain variables, which nobody sees: of it a look is asked that shows that it was late.
bool came_too_late(const Situation& situation, const OperationRow& wait, const OperationRow& notification) {
  if (notification.verb != Verb::notify_all) return false;
  return situation.tasks[wait.task].process != situation.tasks[notification.task].process ||
         looked_too_soon(situation, wait, notification);
}

// A wait that began before the notification and was cut off by its task's end; nobody else's has ended since.
OperationIndex dead_waiter(const Situation& situation, ObjectIndex condition,
                           const OperationRow& notification) {
  OperationIndex dead = none;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.verb != Verb::wait || row.object != condition) continue;
    if (row.ended && row.succeeded && row.step_end > notification.step_begin) return none;
    const bool was_cut_off = !row.ended && situation.tasks[row.task].state == TaskState::ended;
    if (was_cut_off && row.step_begin < notification.step_begin) dead = index;
  }
  return dead;
}

Finding finding_of(const Situation& situation, HopelessSet set, std::string_view rule,
                   OperationIndex notification, std::string sentence) {
  Finding finding = finding_of_set(situation, rule, situation.operations[notification].object, set);
  finding.parties.push_back(party_of(situation, notification));
  finding.sentence = std::move(sentence);
  return finding;
}

std::string name_of_doer(const Situation& situation, OperationIndex operation) {
  return situation.name_of_task(situation.operations[operation].task);
}

// How the notification missed this wait, in words that follow it; absent: it did not.
std::optional<std::string> how_missed(const Situation& situation, const OperationRow& wait,
                                      const OperationRow& notification) {
  if (notification.step_end > wait.step_begin || notification.task == wait.task) return std::nullopt;
  const Look look = look_before(situation, wait, notification.task);
  if (look.knew_all()) return std::nullopt;
  if (notification.number == 0) return "had found nobody waiting";
  if (was_woken_by(situation, wait, notification)) {
    if (look.change == none) return std::nullopt;
    return fmt::format("had woken it too early, {} (step {}) came afterwards",
                       words_of(situation, look.change), situation.operations[look.change].step_begin);
  }
  if (!came_too_late(situation, wait, notification)) return std::nullopt;
  return fmt::format("had woken {} before it waited", notification.number);
}

}  // namespace

std::optional<Finding> lost_wakeup(const Situation& situation, HopelessSet set) {
  if (!all_wait_for_notifications(situation, set)) return std::nullopt;
  for (const TaskIndex task : set) {
    const OperationRow* const wait = operation_of(situation, task);
    if (!waits_for_notification(wait)) continue;
    const OperationIndex last = last_notification(situation, wait->object);
    if (last == none) continue;
    const OperationRow& notification = situation.operations[last];
    const std::optional<std::string> missed = how_missed(situation, *wait, notification);
    if (!missed) continue;
    return finding_of(
        situation, set, "lost-wakeup", last,
        fmt::format(
            "{} waits in {} for ever: {}'s {} (step {}) {}, and nobody is left who could notify again",
            situation.name_of_task(task), words_of(situation, situation.tasks[task].operation),
            name_of_doer(situation, last), words_of(situation, last), notification.step_begin, *missed));
  }
  return std::nullopt;
}

std::optional<Finding> notify_dead_waiter(const Situation& situation, HopelessSet set) {
  for (const TaskIndex task : set) {
    const OperationRow* const wait = operation_of(situation, task);
    if (!waits_for_notification(wait)) continue;
    const OperationIndex last = last_notification(situation, wait->object);
    if (last == none) continue;
    const OperationRow& notification = situation.operations[last];
    if (notification.number == 0 || notification.step_begin < wait->step_begin) continue;
    const OperationIndex dead = dead_waiter(situation, wait->object, notification);
    if (dead == none) continue;
    const ProcessIndex ended = situation.tasks[situation.operations[dead].task].process;
    Finding finding = finding_of(
        situation, set, "notify-dead-waiter", last,
        fmt::format("{} waits in {} for ever: {}'s {} (step {}) went to {}, which {} while it waited",
                    situation.name_of_task(task), words_of(situation, situation.tasks[task].operation),
                    name_of_doer(situation, last), words_of(situation, last), notification.step_begin,
                    name_of_doer(situation, dead), end_in_words(situation, ended)));
    finding.parties.push_back(party_of(situation, dead));
    if (const OperationIndex blow = struck_by(situation, ended); blow != none)
      finding.parties.push_back(party_of(situation, blow));
    return finding;
  }
  return std::nullopt;
}

}  // namespace heddle
