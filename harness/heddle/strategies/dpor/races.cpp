// One pass over the steps with vector clocks.
#include <algorithm>

#include <heddle/strategies/dpor/races.hpp>

namespace heddle::dpor {
namespace {

void join(std::span<const std::uint32_t> from, std::span<std::uint32_t> into) {
  for (std::size_t task = 0; task < into.size(); ++task) into[task] = std::max(into[task], from[task]);
}

}  // namespace

void Races::look(const Steps& steps) {
  begin(steps);
  for (StepIndex step = 0; step < steps.rows.size(); ++step) take(steps, step);
}

void Races::begin(const Steps& steps) {
  ++looks_;
  things_used_ = 0;
  races_.clear();
  time_passed_behind_ = no_step;
  task_count_ = 0;
  for (const Step& each : steps.rows) task_count_ = std::max<std::size_t>(task_count_, each.task + 1);
  tasks_.resize(steps.rows.size());
  numbers_.resize(steps.rows.size());
  clocks_.assign(steps.rows.size() * task_count_, 0);
  last_.assign(task_count_, no_step);
  if (things_.empty()) things_.resize(64);
}

void Races::take(const Steps& steps, StepIndex step) {
  const Step& row = steps.rows[step];
  tasks_[step] = row.task;
  const StepIndex own = last_[row.task];
  numbers_[step] = own == no_step ? 1 : numbers_[own] + 1;
  if (own != no_step) order(own, step);
  if (row.enabled_by != no_step) order(row.enabled_by, step);
  if (row.is_after_all) order_after_all(row.enabled_by, step);
  touch(steps.accesses_of(step), step);
  clock_of(step)[row.task] = numbers_[step];
  last_[row.task] = step;
  enter(steps, step);
}

void Races::order(StepIndex first, StepIndex second) { join(clock_of(first), clock_of(second)); }

// Time passed behind the step `latest`, when nobody could run, for this step and maybe others; they come
// next, and are not behind each other.
void Races::order_after_all(StepIndex latest, StepIndex step) {
  if (latest != time_passed_behind_) {
    time_passed_behind_ = latest;
    all_before_.assign(task_count_, 0);
    for (const StepIndex each : last_)
      if (each != no_step) join(clock_of(each), all_before_);
  }
  join(all_before_, clock_of(step));
}

// What comes behind an access of kind await in a step comes behind what was awaited. What stands before it
// does not: had the task come earlier, it would have done that and waited.
void Races::touch(std::span<const Access> accesses, StepIndex step) {
  while (!accesses.empty()) {
    const auto await = std::ranges::find(accesses, AccessKind::await, &Access::kind);
    const auto before = static_cast<std::size_t>(await - accesses.begin());
    look_for_races(accesses.first(before), step);
    if (await == accesses.end()) return;
    collect(accesses.subspan(before, 1), tasks_[step]);
    for (const StepIndex each : others_) order(each, step);
    accesses = accesses.subspan(before + 1);
  }
}

// Whatever comes between two steps is later than the first, so it has its say before.
void Races::look_for_races(std::span<const Access> accesses, StepIndex step) {
  collect(accesses, tasks_[step]);
  std::ranges::sort(others_, std::greater());
  for (const StepIndex each : others_) {
    if (is_before(each, step)) continue;
    races_.push_back({.first = each, .second = step});
    order(each, step);
  }
}

// The steps of others that these accesses do not commute with.
void Races::collect(std::span<const Access> accesses, TaskIndex task) {
  others_.clear();
  for (const Access& access : accesses) {
    const Thing& touched = thing(access.thing);
    const bool commutes = !conflict(access.kind, touched.kind);
    for (const StepIndex each : commutes ? touched.before : touched.latest)
      if (tasks_[each] != task) others_.push_back(each);
  }
}

void Races::enter(const Steps& steps, StepIndex step) {
  for (const Access& access : steps.accesses_of(step)) {
    Thing& touched = thing(access.thing);
    if (conflict(access.kind, touched.kind)) {
      touched.before.swap(touched.latest);
      touched.latest.clear();
      touched.kind = access.kind;
    }
    if (touched.latest.empty() || touched.latest.back() != step) touched.latest.push_back(step);
  }
}

Races::Thing& Races::thing(ThingId id) {
  if (2 * (things_used_ + 1) > things_.size()) {
    std::vector<Thing> old(2 * things_.size());
    old.swap(things_);
    things_used_ = 0;
    for (Thing& each : old)
      if (each.look == looks_) thing(each.id) = std::move(each);
  }
  const std::size_t mask = things_.size() - 1;
  for (std::size_t slot = static_cast<std::size_t>(id >> 7) & mask;; slot = (slot + 1) & mask) {
    Thing& found = things_[slot];
    if (found.look == looks_ && found.id == id) return found;
    if (found.look == looks_) continue;
    ++things_used_;
    found.id = id;
    found.look = looks_;
    found.kind = AccessKind::read;
    found.latest.clear();
    found.before.clear();
    return found;
  }
}

}  // namespace heddle::dpor
