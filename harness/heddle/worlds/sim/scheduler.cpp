// Tasks, switch points and choices; who waits for what is in scheduler_waits.cpp.
#include <algorithm>
#include <utility>

#include <heddle/worlds/sim/scheduler.hpp>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace heddle::sim {
namespace {

constexpr mp::Instant start_of_time{std::chrono::seconds(1)};
constexpr std::uint64_t long_run_least = 1'000;  // steps

bool is_able(const TaskRow& row) {
  return row.state == TaskState::runnable || (row.state == TaskState::blocked && row.has_deadline);
}

}  // namespace

void Scheduler::begin(const RunOptions& options, Strategy& strategy) {
  options_ = options;
  strategy_ = &strategy;
  fibers_.begin();
  by_rank_.clear();
  runnable_.clear();
  sleepers_.clear();
  deviations_.clear();
  current_ = no_task;
  now_ = start_of_time;
  choice_points_ = task_choices_ = 0;
  faults_left_ = options.faults_max;
  unexplored_ = 0;
  is_partly_unexplored_ = false;
  steps_limit_ = std::min(std::max(options.steps_max / 100, long_run_least), options.steps_max);
  asks_at_turns_ = strategy.attention() != Attention::choices;
  accesses_.begin(strategy.attention() == Attention::steps);
  ending_ = Ending::complete;
  are_steps_watched_ = false;
}

Ending Scheduler::run() {
  current_ = 0;
  give_turn(0);
  root_.switch_to(*tasks_[0]->fiber);
  exchange_arena(nullptr);
  for (TaskIndex index = 0; index < situation_.tasks.size(); ++index) {
    if (tasks_[index]->fiber == nullptr) continue;
    if (situation_.tasks[index].state != TaskState::ended) tasks_[index]->fiber->abandon(root_);
    fibers_.give_back(*tasks_[index]->fiber);
    tasks_[index]->fiber = nullptr;
  }
  return ending_;
}

void Scheduler::stop(Ending ending) {
  ending_ = ending;
  Fiber& mine = *tasks_[current_]->fiber;
  situation_.tasks[current_].state = TaskState::ended;
  mine.leave_for(root_);
}

void Scheduler::add_task(TaskIndex index, Arena& arena, Fiber::Entry entry, void* argument) {
  while (tasks_.size() <= index) tasks_.push_back(std::make_unique<Task>());
  Task& task = *tasks_[index];
  task = Task{};
  task.arena = &arena;
  task.entry = entry;
  task.argument = argument;
  task.fiber = &fibers_.take();
  task.fiber->start(entry, argument);
  const TaskIndex parent = situation_.tasks[index].parent;
  accesses_.add_task(index, parent, arena);
  accesses_.name(&task, accesses_.label(index));
  if (parent != no_task) accesses_.enabled(index);
  task.depth = parent == no_task ? 0 : tasks_[parent]->depth + 1;
  task.rank = parent == no_task ? 0 : rank_for_child_of(parent);
  by_rank_.insert(by_rank_.begin() + task.rank, index);
  for (std::size_t rank = task.rank + 1; rank < by_rank_.size(); ++rank) ++tasks_[by_rank_[rank]]->rank;
  runnable_.make_room(task.rank);
  runnable_.insert(task.rank);
  ++situation_.processes[situation_.tasks[index].process].tasks_able;
  if (parent != no_task) synchronise(&task, AccessKind::write);
}

// After the last descendant: descendants stand together, deeper than their ancestor.
std::uint32_t Scheduler::rank_for_child_of(TaskIndex parent) const {
  std::uint32_t rank = tasks_[parent]->rank + 1;
  while (rank < by_rank_.size() && tasks_[by_rank_[rank]]->depth > tasks_[parent]->depth) ++rank;
  return rank;
}

void Scheduler::leave() {
  Task& mine = *tasks_[current_];
  runnable_.erase(mine.rank);
  --situation_.processes[situation_.tasks[current_].process].tasks_able;
  unexplored_ -= std::exchange(mine.unexplored, 0);
  synchronise(&mine, AccessKind::write);
  const TaskIndex next = choose_another();
  Fiber& fiber = *mine.fiber;
  mine.fiber = nullptr;
  fibers_.give_back(fiber);
  current_ = next;
  fiber.leave_for(*tasks_[next]->fiber);
}

void Scheduler::remove(TaskIndex index, const void* whole) {
  TaskRow& row = situation_.tasks[index];
  if (is_able(row)) --situation_.processes[row.process].tasks_able;
  if (row.state == TaskState::runnable && !tasks_[index]->is_stopped) runnable_.erase(tasks_[index]->rank);
  if (row.state == TaskState::blocked) {
    // Whoever wakes somebody on the word later does not find this one.
    if (row.wait == WaitKind::word)
      touch(sleepers_of(*static_cast<const mp::Word*>(tasks_[index]->key)), AccessKind::write);
    leave_sleepers(index);
  }
  row.state = TaskState::ended;
  unexplored_ -= std::exchange(tasks_[index]->unexplored, 0);
  accesses_.ended(current_, index);
  synchronise(tasks_[index].get(), AccessKind::write);
  tasks_[index]->fiber->make_known_by(whole);
  tasks_[index]->fiber->abandon(*tasks_[current_]->fiber);
  fibers_.give_back(*tasks_[index]->fiber);
  tasks_[index]->fiber = nullptr;
}

void Scheduler::step(const void* thing, AccessKind kind) {
  if (++situation_.step > steps_limit_) come_to_limit();
  if (options_.granularity != Granularity::os) return;
  Task& mine = *tasks_[current_];
  mine.intended = thing;
  mine.intent = {.thing = no_thing, .kind = kind};
  switch_point();
}

// First at a hundredth of what is allowed, which few programs come to, then whenever that has doubled.
void Scheduler::come_to_limit() {
  const bool is_last = situation_.step > options_.steps_max;
  events_.long_run(is_last);
  if (is_last) stop(Ending::exhausted);
  steps_limit_ = std::min(2 * steps_limit_, options_.steps_max);
}

void Scheduler::operation_starts(const Access& intent) {
  if (options_.granularity != Granularity::op) return;
  tasks_[current_]->intended = nullptr;
  tasks_[current_]->intent = intent;
  switch_point();
}

void Scheduler::turn_starts(const void* thing, AccessKind kind) {
  if (options_.granularity != Granularity::op) return;
  tasks_[current_]->intended = thing;
  tasks_[current_]->intent = {.thing = no_thing, .kind = kind};
  switch_point();
}

Access Scheduler::intent(TaskIndex task) const {
  const Task& asked = *tasks_[task];
  if (asked.intended == nullptr) return asked.intent;
  return {.thing = accesses_.id_of(task, asked.intended), .kind = asked.intent.kind};
}

void Scheduler::switch_point() {
  if (host_depth() != 0) return;
  if (are_steps_watched_) events_.step_ended();
  if (options_.time != TimeMode::maximal) let_a_timer_come_early();
  current_can_run_ = true;
  choosing_ = ChoiceKind::task;
  const bool goes_on = choose(ChoiceKind::task, runnable_.count()) == 0;
  const TaskIndex next = goes_on ? current_ : deviations_.back().chosen;
  give_turn(next);
  if (!goes_on) switch_to(next);
}

// A step begins: with what it was about to touch, or with whatever a task does that goes on.
void Scheduler::give_turn(TaskIndex next) {
  if (accesses_.are_steps_kept()) accesses_.step(next, life_of(situation_.tasks[next].process));
}

void Scheduler::run_another() {
  const TaskIndex next = choose_another();
  if (next != current_) switch_to(next);
}

// The current task cannot go on, unless time makes it able to.
TaskIndex Scheduler::choose_another() {
  if (runnable_.count() != 0 && options_.time != TimeMode::maximal) let_a_timer_come_early();
  while (runnable_.count() == 0) let_time_pass();
  current_can_run_ = false;
  choosing_ = ChoiceKind::task;
  const bool is_default = choose(ChoiceKind::task, runnable_.count()) == 0;
  const TaskIndex next = is_default ? candidate(0) : deviations_.back().chosen;
  give_turn(next);
  return next;
}

void Scheduler::switch_to(TaskIndex next) {
  Fiber& mine = *tasks_[current_]->fiber;
  current_ = next;
  mine.switch_to(*tasks_[next]->fiber);
}

std::uint32_t Scheduler::draw_fault(ChoiceKind kind, std::uint32_t answers) {
  if (!options_.faults.contains(kind) || host_depth() != 0) return 0;
  const std::uint32_t answer = choose(kind, answers);
  if (answer != 0) --faults_left_;
  return answer;
}

std::uint32_t Scheduler::choose(ChoiceKind kind, std::uint32_t count) {
  const std::uint32_t ordinal = tasks_[current_]->ordinals[static_cast<std::size_t>(kind)]++;
  if (unexplored_ != 0 && count > 1) {
    is_partly_unexplored_ = true;
    count = 1;
  }
  if (count < 2 && !(asks_at_turns_ && kind == ChoiceKind::task)) return 0;
  if (count > 1) {
    ++choice_points_;
    if (kind == ChoiceKind::task) ++task_choices_;
  }
  const std::uint32_t answer =
      strategy_->choose({.kind = kind,
                         .task = current_,
                         .ordinal = ordinal,
                         .count = count,
                         .tasks = this,
                         .is_preemption = kind == ChoiceKind::task && current_can_run_,
                         .step = situation_.step});
  if (answer == abandon) stop(Ending::abandoned);
  if (kind == ChoiceKind::wake) accesses_.answered(current_, accesses_.label(candidate(answer)));
  if (!picks_task(kind)) accesses_.answered(current_, answer);
  if (answer == 0) return 0;
  deviations_.push_back({current_, kind, ordinal, answer, picks_task(kind) ? candidate(answer) : no_task});
  return answer;
}

void Scheduler::leave_unexplored(bool is_left) {
  std::uint32_t& mine = tasks_[current_]->unexplored;
  if (!is_left && mine == 0) return;
  is_left ? (++mine, ++unexplored_) : (--mine, --unexplored_);
}

TaskIndex Scheduler::candidate(std::uint32_t answer) const {
  if (choosing_ == ChoiceKind::wake) return candidates_[answer];
  if (choosing_ == ChoiceKind::timer) return answer == 0 ? no_task : candidates_[answer - 1];
  if (current_can_run_ && answer == 0) return current_;
  const std::uint32_t rank = tasks_[current_]->rank;
  return by_rank_[runnable_.after(rank, current_can_run_ ? answer : answer + 1)];
}

std::uint64_t Scheduler::schedule() const {
  std::uint64_t hash = 0;
  for (const Deviation& each : deviations_) {
    const std::array<std::uint32_t, 4> row{each.task, static_cast<std::uint32_t>(each.kind), each.ordinal,
                                           each.answer};
    hash = XXH3_64bits_withSeed(row.data(), sizeof(row), hash);
  }
  return hash;
}

Tape Scheduler::tape() const {
  Tape tape;
  for (const Deviation& each : deviations_) {
    const bool is_named = each.chosen != no_task;
    tape.entries.push_back({.task = situation_.label_of(each.task),
                            .kind = each.kind,
                            .ordinal = each.ordinal,
                            .chosen = is_named ? situation_.label_of(each.chosen) : std::string(),
                            .answer = is_named ? 0 : each.answer});
  }
  return tape;
}

}  // namespace heddle::sim
