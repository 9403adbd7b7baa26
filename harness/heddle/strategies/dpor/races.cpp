// One pass over the steps with vector clocks.
#include <algorithm>

#include <heddle/strategies/dpor/races.hpp>

namespace heddle::dpor {
void Races::look(const Steps& steps, StepIndex from) {
  kept_from_ = from;
  begin(steps);
  for (StepIndex step = 0; step < steps.rows.size(); ++step) take(steps, step);
}

void Races::begin(const Steps& steps) {
  ++looks_;
  things_used_ = 0;
  races_.clear();
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
  if (row.is_after_all)
    for (const StepIndex each : last_)
      if (each != no_step) order(each, step);
  collect(steps, step);
  // Whatever comes between two steps is later than the first, so it has its say before.
  for (const Pair& each : pairs_) {
    if (is_before(each.first, step)) continue;
    if (step >= kept_from_ && each.could_swap) races_.push_back({.first = each.first, .second = step});
    order(each.first, step);
  }
  clock_of(step)[row.task] = numbers_[step];
  last_[row.task] = step;
  enter(steps, step);
}

void Races::order(StepIndex first, StepIndex second) {
  const auto from = clock_of(first);
  const auto into = clock_of(second);
  for (std::size_t task = 0; task < task_count_; ++task) into[task] = std::max(into[task], from[task]);
}

// The steps of others that this one does not commute with, the latest first.
// The steps of others that this one does not commute with, the latest first. One that could change places in
// one respect comes before itself in another.
void Races::collect(const Steps& steps, StepIndex step) {
  pairs_.clear();
  for (const Access& access : steps.accesses_of(step)) {
    const Thing& touched = thing(access.thing);
    const bool commutes = !conflict(access.kind, touched.kind);
    for (const StepIndex each : commutes ? touched.before : touched.latest)
      if (tasks_[each] != steps.rows[step].task)
        pairs_.push_back({.first = each, .could_swap = access.kind != AccessKind::await});
  }
  std::ranges::sort(pairs_, std::greater());
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

void Races::initials(const Race& race, std::vector<TaskIndex>& into) {
  into.clear();
  candidates_.clear();  // the steps that go before race.first
  for (StepIndex step = race.first + 1; step <= race.second; ++step) {
    if (step != race.second && is_before(race.first, step)) continue;
    const bool follows =
        std::ranges::any_of(candidates_, [&](StepIndex earlier) { return is_before(earlier, step); });
    if (!follows) into.push_back(tasks_[step]);
    candidates_.push_back(step);
  }
}

}  // namespace heddle::dpor
