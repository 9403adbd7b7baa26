// Who waits: blocking, waking, stopped tasks, and the virtual clock that wakes sleepers.
#include <algorithm>
#include <utility>

#include <heddle/worlds/sim/scheduler.hpp>

namespace heddle::sim {
namespace {

// What a server keeps waiting may have a deadline that only the server knows.
void note_wait(OperationRow& operation, bool has_deadline) {
  const bool was_patient = operation.is_patient || !operation.blocked;
  operation.is_patient = was_patient && !has_deadline && !operation.is_asking;
  operation.blocked = true;
}

}  // namespace

Wake Scheduler::block(WaitKind kind, std::uint32_t target, WaitKey key, mp::Instant deadline,
                      ProcessIndex watched) {
  if (deadline <= now_) return Wake::timed_out;
  if (are_steps_watched_) events_.step_ended();
  Task& mine = *tasks_[current_];
  TaskRow& row = situation_.tasks[current_];
  mine.intended = nullptr;
  mine.intent = {};
  row.watched = watched;
  mine.key = key;
  mine.deadline = deadline;
  row.state = TaskState::blocked;
  row.wait = kind;
  row.wait_target = target;
  row.has_deadline = deadline != mp::never;
  runnable_.erase(mine.rank);
  if (!row.has_deadline) --situation_.processes[row.process].tasks_able;
  sleepers_.add(current_, key, row.has_deadline, watched != none);
  if (row.operation != none) note_wait(situation_.operations[row.operation], row.has_deadline);
  events_.task_blocked(current_);
  run_another();
  return mine.was_woken ? Wake::woken : Wake::timed_out;
}

// Nobody can run. The earliest deadline comes due for all who sleep until then; in `races` instead, if so
// chosen, for another one sleeper, or for one of these alone.
void Scheduler::let_time_pass() {
  if (options_.time != TimeMode::races) return fire_earliest();
  find_timers();
  const auto deadline = [&](std::size_t index) { return tasks_[candidates_[index]]->deadline; };
  const bool is_alone = candidates_.size() == 1 || (candidates_.size() > 1 && deadline(0) != deadline(1));
  if (is_alone) candidates_.erase(candidates_.begin());
  choosing_ = ChoiceKind::timer;
  const std::uint32_t answer = choose(ChoiceKind::timer, 1 + static_cast<std::uint32_t>(candidates_.size()));
  if (answer == 0) return fire_earliest();
  fire(candidates_[answer - 1]);
}

void Scheduler::let_a_timer_come_early() {
  find_timers();
  if (candidates_.empty()) return;
  if (options_.time == TimeMode::explore) candidates_.resize(1);
  choosing_ = ChoiceKind::timer;
  const std::uint32_t answer = choose(ChoiceKind::timer, 1 + static_cast<std::uint32_t>(candidates_.size()));
  if (answer == 0) return;
  if (options_.time == TimeMode::explore) return fire_earliest();
  fire(candidates_[answer - 1]);
}

// By deadline; who sleep until the same moment, in label order.
void Scheduler::find_timers() {
  candidates_ = sleepers_.timed();
  std::ranges::sort(candidates_, {},
                    [&](TaskIndex each) { return std::pair(tasks_[each]->deadline, tasks_[each]->rank); });
}

void Scheduler::fire_earliest() {
  mp::Instant earliest = mp::never;
  for (const TaskIndex sleeper : sleepers_.timed()) earliest = std::min(earliest, tasks_[sleeper]->deadline);
  if (earliest == mp::never) {
    events_.stuck();
    stop(Ending::stuck);
  }
  now_ = std::max(now_, earliest);
  const std::vector<TaskIndex>& timed = sleepers_.timed();
  for (std::size_t i = 0; i < timed.size();) {
    const TaskIndex each = timed[i];
    if (tasks_[each]->deadline == earliest) {
      accesses_.enabled_by_time(each);
      unblock(each, false);
    } else {
      ++i;
    }
  }
}

void Scheduler::fire(TaskIndex sleeper) {
  now_ = std::max(now_, tasks_[sleeper]->deadline);
  accesses_.touch(sleeper, &now_, AccessKind::write);
  unblock(sleeper, false);
}

void Scheduler::unblock(TaskIndex index, bool woken) {
  TaskRow& row = situation_.tasks[index];
  if (!row.has_deadline) ++situation_.processes[row.process].tasks_able;
  row.state = TaskState::runnable;
  row.wait = WaitKind::nothing;
  leave_sleepers(index);
  tasks_[index]->was_woken = woken;
  accesses_.enabled(index);
  tasks_[index]->key = nullptr;
  if (!tasks_[index]->is_stopped) runnable_.insert(tasks_[index]->rank);
}

void Scheduler::leave_sleepers(TaskIndex index) {
  sleepers_.remove(index, tasks_[index]->key);
  situation_.tasks[index].watched = none;
}

void Scheduler::stop_task(TaskIndex index) {
  Task& task = *tasks_[index];
  const TaskRow& row = situation_.tasks[index];
  if (!task.is_stopped && row.state == TaskState::runnable) runnable_.erase(task.rank);
  task.is_stopped = true;
  if (row.state == TaskState::blocked && row.wait == WaitKind::word) unblock(index, true);
}

void Scheduler::resume_task(TaskIndex index) {
  Task& task = *tasks_[index];
  if (task.is_stopped && situation_.tasks[index].state == TaskState::runnable) runnable_.insert(task.rank);
  task.is_stopped = false;
}

void Scheduler::yield_if_stopped() {
  if (tasks_[current_]->is_stopped) run_another();
}

void Scheduler::wake(TaskIndex task) {
  if (situation_.tasks[task].state == TaskState::blocked) unblock(task, true);
}

template <class Concerns>
void Scheduler::wake_watchers_if(Concerns concerns) {
  const std::vector<TaskIndex>& watchers = sleepers_.watchers();
  for (std::size_t i = 0; i < watchers.size();) {
    if (const TaskIndex each = watchers[i]; concerns(each)) {
      unblock(each, true);
    } else {
      ++i;
    }
  }
}

void Scheduler::wake_watchers(ProcessIndex ended) {
  wake_watchers_if([&](TaskIndex each) { return situation_.tasks[each].watched == ended; });
}

void Scheduler::wake_watchers_on(WaitKey word) {
  wake_watchers_if([&](TaskIndex each) { return tasks_[each]->key == word; });
}

int Scheduler::wake_some(WaitKey key, int count) {
  int woken = 0;
  while (woken < count) {
    candidates_.clear();
    sleepers_.visit_on(key, [&](TaskIndex each) { candidates_.push_back(each); });
    if (candidates_.empty()) break;
    // Whom to wake is a question only while somebody stays asleep.
    const bool is_choice = candidates_.size() > static_cast<std::size_t>(count - woken);
    choosing_ = ChoiceKind::wake;
    const auto candidates = is_choice ? static_cast<std::uint32_t>(candidates_.size()) : 1;
    unblock(candidates_[choose(ChoiceKind::wake, candidates)], true);
    ++woken;
  }
  return woken;
}

void Scheduler::sleep_until(mp::Instant deadline) { block(WaitKind::time, none, nullptr, deadline); }

}  // namespace heddle::sim
