// The greatest fixpoint: start with all tasks blocked without a deadline, and take out whoever can be woken
// from outside until nothing changes.
#include <algorithm>

#include <heddle/core/hopeless.hpp>

namespace heddle {
namespace {

bool is_feeder_of(const Situation& situation, const TaskRow& row, ObjectIndex queue) {
  if (row.operation == none) return false;
  const OperationRow& operation = situation.operations[row.operation];
  return operation.kind == mp::ObjectKind::feeder && operation.related == queue;
}

// A getter that finds its queue torn holds the lock of those who write until it has emptied the pipe.
bool is_getter_of(const Situation& situation, const TaskRow& row, ObjectIndex queue) {
  if (row.operation == none) return false;
  const OperationRow& operation = situation.operations[row.operation];
  return operation.verb == mp::Verb::get && operation.object == queue;
}

// Somebody who can name the object, or the lock that the operation takes inside: a Condition's waiter, once
// notified, waits for its lock, and a Value's or Array's operation for the Value's or Array's.
template <class Visit>
bool any_holder_able(const Situation& situation, const OperationRow& operation, Visit visit) {
  const auto holds = [&](const Holder& each) { return each.claims > 0 && visit(each.process); };
  if (std::ranges::any_of(situation.objects[operation.object].holders, holds)) return true;
  const bool takes_lock = operation.verb == mp::Verb::wait || operation.kind == mp::ObjectKind::value ||
                          operation.kind == mp::ObjectKind::array;
  if (takes_lock && operation.related != none &&
      std::ranges::any_of(situation.objects[operation.related].holders, holds))
    return true;
  for (ProcessIndex process = 0; process < situation.processes.size(); ++process)
    if (situation.processes[process].is_newborn && visit(process)) return true;
  return false;
}

// Calls visit(process) for every process whose tasks could bring about what the kernel waits for, until it
// says true.
template <class Visit>
bool any_able_to_bring(const Situation& situation, const WaitTarget& awaited, Visit visit) {
  if (awaited.kind == WaitKind::process) return visit(awaited.target);
  if (awaited.target == none) {  // a listener, or a word of nobody's: anybody might come
    for (ProcessIndex process = 0; process < situation.processes.size(); ++process)
      if (visit(process)) return true;
    return false;
  }
  const StreamRow& stream = situation.streams[awaited.target];
  if (stream.is_pending || stream.on_the_way > 0) return true;
  return std::ranges::any_of(awaited.kind == WaitKind::readable ? stream.writers : stream.readers,
                             [&](const Holder& each) { return each.descriptors > 0 && visit(each.process); });
}

// A pool's results come by its own threads, in the process that waits for them.
bool waits_for_pool(const Situation& situation, const TaskRow& row) {
  if (row.wait != WaitKind::word || row.operation == none) return false;
  const mp::ObjectKind kind = situation.operations[row.operation].kind;
  return kind == mp::ObjectKind::pool || kind == mp::ObjectKind::async_result;
}

// The operation that a server keeps waiting for somebody else's, whether the task is its own or the server's.
OperationIndex kept_by_server(const Situation& situation, const TaskRow& row) {
  if (row.keeps != none) return row.keeps;
  const bool is_kept = row.operation != none && situation.operations[row.operation].is_kept;
  return is_kept ? row.operation : none;
}

// What the server still has to do may end the wait: to give back what a client that was killed had been
// given.
bool is_server_busy(const Situation& situation, OperationIndex kept) {
  const auto keeper = std::ranges::find(situation.tasks, kept, &TaskRow::keeps);
  if (keeper == situation.tasks.end()) return true;
  return std::ranges::any_of(situation.tasks, [&](const TaskRow& each) {
    return each.process == (*keeper).process && each.state == TaskState::runnable;
  });
}

// Calls visit(process) for every process whose tasks could end the wait, until it says true; for a feeder
// visit_task(task) for every other feeder and every getter of its queue.
template <class Visit, class VisitTask>
bool any_able(const Situation& situation, const TaskRow& row, TaskIndex task, Visit visit,
              VisitTask visit_task) {
  if (const OperationIndex kept = kept_by_server(situation, row); kept != none)
    return is_server_busy(situation, kept) || any_holder_able(situation, situation.operations[kept], visit);
  // The end of whom it watches would do. If that one has ended, it is about to be woken.
  if (row.watched != none && (!situation.processes[row.watched].alive || visit(row.watched))) return true;
  if (waits_for_pool(situation, row)) return visit(row.process);
  if (waits_for_object(situation, task)) {
    const OperationRow& operation = situation.operations[row.operation];
    if (operation.kind != mp::ObjectKind::feeder) return any_holder_able(situation, operation, visit);
    // It has nothing to write, which its own process may change, and that one is awake then; or it waits for
    // another feeder that is in the middle of an item, or for a getter.
    const ObjectIndex queue = operation.related;
    for (TaskIndex other = 0; other < situation.tasks.size(); ++other) {
      const TaskRow& each = situation.tasks[other];
      const bool may_write = is_feeder_of(situation, each, queue) || is_getter_of(situation, each, queue);
      if (other != task && may_write && visit_task(other)) return true;
    }
    return false;
  }
  if (row.wait != WaitKind::any)
    return any_able_to_bring(situation, {.kind = row.wait, .target = row.wait_target}, visit);
  return std::ranges::any_of(
      row.targets, [&](const WaitTarget& each) { return any_able_to_bring(situation, each, visit); });
}

}  // namespace

bool waits_for_object(const Situation& situation, TaskIndex task) {
  const TaskRow& row = situation.tasks[task];
  if (row.wait != WaitKind::word && row.wait != WaitKind::readable) return false;
  if (row.operation == none || situation.operations[row.operation].object == none) return false;
  if (situation.operations[row.operation].is_asking) return situation.operations[row.operation].is_kept;
  using enum mp::ObjectKind;
  const mp::ObjectKind kind = situation.operations[row.operation].kind;
  return kind == lock || kind == semaphore || kind == condition || kind == queue || kind == joinable_queue ||
         kind == simple_queue || kind == value || kind == array || kind == feeder || kind == event ||
         kind == barrier;
}

bool HopelessWaits::is_hopeful(const Situation& situation, TaskIndex task) {
  const TaskRow& row = situation.tasks[task];
  if (row.has_deadline) return true;
  if (row.wait == WaitKind::thread) {
    const TaskRow& target = situation.tasks[row.wait_target];
    return target.state != TaskState::blocked || target.has_deadline;
  }
  return any_able(
      situation, row, task,
      [&](ProcessIndex process) {
        return situation.processes[process].alive && situation.processes[process].tasks_able > 0;
      },
      [&](TaskIndex other) { return situation.tasks[other].state == TaskState::runnable; });
}

const std::vector<TaskIndex>& HopelessWaits::find(const Situation& situation,
                                                  std::span<const TaskIndex> spared) {
  set_.clear();
  outside_.assign(situation.processes.size(), 0);
  for (TaskIndex task = 0; task < situation.tasks.size(); ++task) {
    const TaskRow& row = situation.tasks[task];
    if (row.state == TaskState::ended) continue;
    const bool is_spared = std::ranges::binary_search(spared, task);
    if (row.state == TaskState::blocked && !row.has_deadline && !is_spared) {
      set_.push_back(task);
    } else {
      ++outside_[row.process];
    }
  }
  has_able_holder_.assign(situation.objects.size(), false);
  const auto is_outside = [&](ProcessIndex process) {
    return situation.processes[process].alive && outside_[process] > 0;
  };
  const auto has_hope = [&](TaskIndex task) {
    const TaskRow& row = situation.tasks[task];
    if (row.wait == WaitKind::thread) return !std::ranges::binary_search(set_, row.wait_target);
    // Many may wait for one object, and who is outside stays there: who is able is looked for once.
    if (waits_for_object(situation, task) && kept_by_server(situation, row) == none) {
      const OperationRow& operation = situation.operations[row.operation];
      if (operation.kind != mp::ObjectKind::feeder && !has_able_holder_[operation.object])
        has_able_holder_[operation.object] = any_holder_able(situation, operation, is_outside);
      if (has_able_holder_[operation.object]) return true;
    }
    return any_able(situation, row, task, is_outside, [&](TaskIndex other) {
      return situation.tasks[other].state != TaskState::ended && !std::ranges::binary_search(set_, other);
    });
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = set_.size(); i-- > 0;) {
      if (!has_hope(set_[i])) continue;
      ++outside_[situation.tasks[set_[i]].process];
      set_.erase(set_.begin() + static_cast<std::ptrdiff_t>(i));
      changed = true;
    }
  }
  return set_;
}

}  // namespace heddle
