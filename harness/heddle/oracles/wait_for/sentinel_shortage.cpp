// Consumers that wait for an item after all producers have ended.
#include <fmt/format.h>
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/lock_owner.hpp>
#include <heddle/oracles/wait_for/naming.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

std::string names_of(const Situation& situation, const std::vector<TaskIndex>& tasks) {
  std::vector<std::string> names;
  for (const TaskIndex task : tasks) names.push_back(situation.name_of_task(task));
  return fmt::format("{}", fmt::join(names, ", "));
}

// Waits for a lock that another of the set holds: that one's wait is what is wrong.
bool waits_behind(const Situation& situation, HopelessSet set, TaskIndex task) {
  const std::optional<LockOwner> owner = owner_of(situation, task);
  return owner && std::ranges::find(set, owner->task) != set.end();
}

}  // namespace

std::optional<Finding> sentinel_shortage(const Situation& situation, HopelessSet set) {
  ObjectIndex queue = none;
  std::vector<TaskIndex> getters;
  for (const TaskIndex task : set) {
    if (!is_user(situation, task) || only_joins(situation, task) || waits_behind(situation, set, task) ||
        is_idle_worker(situation, task))
      continue;
    const OperationRow* const row = operation_of(situation, task);
    if (row == nullptr || row->verb != Verb::get || (queue != none && row->object != queue))
      return std::nullopt;
    queue = row->object;
    getters.push_back(task);
  }
  if (getters.empty() || queue == none) return std::nullopt;
  int sentinels = 0;
  OperationIndex last_sentinel = none;
  bool anybody_put = false;
  bool has_getter_put = false;
  std::set<TaskIndex> consumers;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.object != queue) continue;
    if (row.verb == Verb::get) consumers.insert(row.task);
    if (row.verb != Verb::put) continue;
    anybody_put = true;
    if (row.succeeded && row.number == 1) {
      ++sentinels;
      last_sentinel = index;
    }
    const bool is_kept_from_more =
        std::ranges::find(set, row.task) != set.end() && !only_joins(situation, row.task);
    if (!is_kept_from_more) continue;
    if (std::ranges::find(getters, row.task) == getters.end()) return std::nullopt;
    has_getter_put = true;
  }
  // Those who get and put may have been meant to feed each other, unless sentinels tell how it was to end.
  if (!anybody_put || (has_getter_put && sentinels == 0)) return std::nullopt;
  Finding finding = finding_of_set(situation, "sentinel-shortage", queue, set);
  finding.sentence = fmt::format(
      "{} wait{} in {}.get() for ever: all producers have ended and {} sentinel{} (None) {} put for {} "
      "consumer{}",
      names_of(situation, getters), getters.size() == 1 ? "s" : "", finding.object, sentinels,
      sentinels == 1 ? "" : "s", sentinels == 1 ? "was" : "were", consumers.size(),
      consumers.size() == 1 ? "" : "s");
  if (last_sentinel != none) {
    finding.sentence += fmt::format("; the last was {}'s in step {}",
                                    situation.name_of_task(situation.operations[last_sentinel].task),
                                    situation.operations[last_sentinel].step_begin);
    finding.parties.push_back(party_of(situation, last_sentinel));
  }
  return finding;
}

}  // namespace heddle
