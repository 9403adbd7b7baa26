// A Barrier at which fewer wait than it needs, while all who could come have ended or wait for those who do.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/naming.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

bool is_wait_at(const OperationRow& row, ObjectIndex barrier) {
  return row.verb == Verb::wait && row.object == barrier;
}

/// The barrier at which all of the set wait, but for those who only join; none if there is no such barrier.
ObjectIndex common_barrier(const Situation& situation, HopelessSet set) {
  ObjectIndex barrier = none;
  for (const TaskIndex task : set) {
    if (!is_user(situation, task) || only_joins(situation, task) || is_idle_worker(situation, task)) continue;
    const OperationRow* const row = operation_of(situation, task);
    if (row == nullptr || row->kind != ObjectKind::barrier || row->verb != Verb::wait) return none;
    if (barrier != none && row->object != barrier) return none;
    barrier = row->object;
  }
  return barrier;
}

bool could_come(const Situation& situation, TaskIndex task, ObjectIndex barrier) {
  const ProcessIndex process = situation.tasks[task].process;
  return situation.processes[process].main == task &&
         std::ranges::find(situation.objects[barrier].holders, process, &Holder::process) !=
             situation.objects[barrier].holders.end();
}

// Who has waited there before, or was given the barrier, and does not wait there now.
std::vector<std::string> missing(const Situation& situation, ObjectIndex barrier) {
  std::vector<std::string> words;
  for (TaskIndex task = 0; task < situation.tasks.size(); ++task) {
    if (!is_user(situation, task)) continue;
    const auto waits = std::ranges::count_if(situation.operations, [&](const OperationRow& row) {
      return row.task == task && is_wait_at(row, barrier) && row.ended;
    });
    if (waits == 0 && !could_come(situation, task, barrier)) continue;
    const TaskRow& row = situation.tasks[task];
    const std::string before =
        waits == 0 ? "" : fmt::format(" after it had come {} time{}", waits, waits == 1 ? "" : "s");
    if (row.state == TaskState::ended) {
      words.push_back(fmt::format("{} has ended{}", situation.name_of_task(task), before));
    } else if (row.operation != none && !is_wait_at(situation.operations[row.operation], barrier)) {
      words.push_back(fmt::format("{} waits in {}{}", situation.name_of_task(task),
                                  words_of(situation, row.operation), before));
    }
  }
  return words;
}

}  // namespace

std::optional<Finding> barrier_short(const Situation& situation, HopelessSet set) {
  const ObjectIndex barrier = common_barrier(situation, set);
  if (barrier == none) return std::nullopt;
  std::vector<std::string> waiting;
  for (const TaskIndex task : set) {
    const OperationRow* const row = operation_of(situation, task);
    if (is_user(situation, task) && row != nullptr && is_wait_at(*row, barrier))
      waiting.push_back(situation.name_of_task(task));
  }
  const std::int64_t parties = situation.objects[barrier].number;
  if (static_cast<std::int64_t>(waiting.size()) >= parties) return std::nullopt;
  const bool is_one = waiting.size() == 1;
  const std::vector<std::string> others = missing(situation, barrier);
  Finding finding = finding_of_set(situation, "barrier-short", barrier, set);
  finding.sentence =
      fmt::format("{} wait{} in {}.wait() for ever: {} of its {} parties {} come{}{}",
                  fmt::join(waiting, ", "), is_one ? "s" : "", finding.object, waiting.size(), parties,
                  is_one ? "has" : "have", others.empty() ? "" : "; ", fmt::join(others, ", "));
  return finding;
}

}  // namespace heddle
