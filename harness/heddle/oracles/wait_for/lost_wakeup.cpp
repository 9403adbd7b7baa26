// A Condition's waiter whom no notification reaches: the last one came before it waited and found nobody, or
// was spent on a waiter who is dead.
//
// A waiter that has looked at data under the lock, after that notification, knew all that it could have told,
// unless the notifier changed what was looked at afterwards: then something else is wrong.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <string>

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

bool changed_later(const Situation& situation, const OperationRow& look, TaskIndex changer) {
  return std::ranges::any_of(situation.operations, [&](const OperationRow& row) {
    const bool changes =
        row.verb == Verb::store || row.verb == Verb::update || row.verb == Verb::set || row.verb == Verb::put;
    return changes && row.task == changer && row.object == look.object && row.step_begin > look.step_begin;
  });
}

bool knew_all(const Situation& situation, const OperationRow& wait, TaskIndex notifier) {
  const std::uint64_t from = took_lock(situation, wait);
  bool has_looked = false;
  for (const OperationRow& row : situation.operations) {
    if (row.task != wait.task || row.step_begin < from || row.step_begin >= wait.step_begin) continue;
    if (std::ranges::find(verbs_of_locks, row.verb) != verbs_of_locks.end()) continue;
    if (changed_later(situation, row, notifier)) return false;
    has_looked = true;
  }
  return has_looked;
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

}  // namespace

std::optional<Finding> lost_wakeup(const Situation& situation, HopelessSet set) {
  if (!all_wait_for_notifications(situation, set)) return std::nullopt;
  for (const TaskIndex task : set) {
    const OperationRow* const wait = operation_of(situation, task);
    if (!waits_for_notification(wait)) continue;
    const OperationIndex last = last_notification(situation, wait->object);
    if (last == none) continue;
    const OperationRow& notification = situation.operations[last];
    const bool came_before = notification.step_end <= wait->step_begin && notification.task != task;
    if (notification.number != 0 || !came_before || knew_all(situation, *wait, notification.task)) continue;
    return finding_of(
        situation, set, "lost-wakeup", last,
        fmt::format("{} waits in {} for ever: {}'s {} (step {}) had found nobody waiting, and "
                    "nobody is left who could notify again",
                    situation.name_of_task(task), words_of(situation, situation.tasks[task].operation),
                    name_of_doer(situation, last), words_of(situation, last), notification.step_begin));
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
    Finding finding = finding_of(
        situation, set, "notify-dead-waiter", last,
        fmt::format("{} waits in {} for ever: {}'s {} (step {}) went to {}, which had ended while it waited",
                    situation.name_of_task(task), words_of(situation, situation.tasks[task].operation),
                    name_of_doer(situation, last), words_of(situation, last), notification.step_begin,
                    name_of_doer(situation, dead)));
    finding.parties.push_back(party_of(situation, dead));
    return finding;
  }
  return std::nullopt;
}

}  // namespace heddle
