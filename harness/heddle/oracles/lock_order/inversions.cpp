// Each step from one lock to another is compared with the steps back.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <utility>

#include <heddle/core/party.hpp>
#include <heddle/oracles/lock_order/inversions.hpp>

namespace heddle::lock_order {

void Inversions::begin() {
  steps_.clear();
  pairs_.clear();
}

void Inversions::taken(ObjectIndex lock, OperationIndex taking, const Situation& situation) {
  const HeldLocks& held = situation.held_locks;
  const TaskIndex task = situation.operations[taking].task;
  bool has_it = false;
  held.visit(task, [&](const HeldLock& each) { has_it = has_it || each.lock == lock; });
  if (has_it) return;
  held.visit(task, [&](const HeldLock& outer) {
    made_.reset();
    made_.task = task;
    made_.outer = outer.lock;
    made_.inner = lock;
    made_.outer_taking = outer.acquired;
    made_.inner_taking = taking;
    made_.when = situation.clock_without_locks.now(task);
    held.visit(task, [&](const HeldLock& each) {
      if (each.lock != outer.lock) made_.gates.push_back(each.lock);
    });
    meet_others(situation);
    remember();
  });
}

void Inversions::meet_others(const Situation& situation) {
  const Clock& known = situation.clock_without_locks.of(made_.task);
  for (const Step& other : steps_) {
    if (other.task == made_.task || other.outer != made_.inner || other.inner != made_.outer) continue;
    if (known.knows(other.when)) continue;
    const bool is_guarded = std::ranges::any_of(made_.gates, [&](ObjectIndex gate) {
      return std::ranges::find(other.gates, gate) != other.gates.end();
    });
    if (!is_guarded)
      pairs_.push_back({other.outer_taking, other.inner_taking, made_.outer_taking, made_.inner_taking});
  }
}

// Who knows a task's latest knows its earlier ones: the latest takes the place of one like it.
void Inversions::remember() {
  const auto is_alike = [&](const Step& other) {
    return other.task == made_.task && other.outer == made_.outer && other.inner == made_.inner &&
           other.gates == made_.gates;
  };
  const auto found = std::find_if(steps_.begin(), steps_.end(), is_alike);
  if (found != steps_.end())
    *found = made_;
  else
    steps_[steps_.add()] = made_;
}

void Inversions::conclude(const Situation& situation, Findings& findings) const {
  std::vector<std::pair<ObjectIndex, ObjectIndex>> told;
  for (const Pair& pair : pairs_) {
    if (!waits_for_ever(situation, pair.inner_first) || !waits_for_ever(situation, pair.inner_second))
      continue;
    const ObjectIndex one = situation.operations[pair.outer_first].object;
    const ObjectIndex other = situation.operations[pair.outer_second].object;
    const std::pair<ObjectIndex, ObjectIndex> both = std::minmax(one, other);
    if (std::ranges::find(told, both) != told.end()) continue;
    told.push_back(both);
    const auto step_in_words = [&](OperationIndex outer, ObjectIndex wanted) {
      const OperationRow& held = situation.operations[outer];
      return fmt::format("{} took {} while it held {} (since step {})", situation.name_of_task(held.task),
                         situation.name_of_object(wanted), situation.name_of_object(held.object),
                         held.step_end);
    };
    findings.add(
        {.rule = "lock-order-inversion",
         .severity = Severity::warning,
         .harm = Harm::predicted,
         .object = situation.name_of_object(both.first),
         .sentence =
             fmt::format("{}, {}, and nothing keeps the two apart: each may wait for what the other holds",
                         step_in_words(pair.outer_first, other), step_in_words(pair.outer_second, one)),
         .parties = {party_of(situation, pair.inner_first), party_of(situation, pair.inner_second)}});
  }
}

}  // namespace heddle::lock_order
