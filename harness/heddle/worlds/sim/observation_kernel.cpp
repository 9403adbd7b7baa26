// What the kernel tells, passed on to clocks and oracles.
#include <heddle/worlds/sim/observation.hpp>

namespace heddle::sim {

OperationIndex Observation::behalf() const {
  const TaskIndex task = scheduler_.current();
  return situation_.tasks[task].role == mp::Role::helper ? situation_.tasks[task].carries
                                                         : situation_.tasks[task].operation;
}

void Observation::task_started(TaskIndex child, TaskIndex parent) {
  tell_clocks([&](ProgramClock& clock) { clock.task_started(child, parent); });
}

void Observation::task_blocked(TaskIndex task) {
  emit({.kind = EventKind::task_blocked, .task = task, .operation = situation_.tasks[task].operation});
}

void Observation::task_ended(TaskIndex task) {
  task_gone(task);
  emit({.kind = EventKind::task_ended, .task = task});
}

void Observation::process_ended(ProcessIndex process) {
  emit({.kind = EventKind::process_ended,
        .task = situation_.processes[process].main,
        .object = situation_.processes[process].object});
}

void Observation::descriptor_closed() {
  emit({.kind = EventKind::claim_dropped, .task = scheduler_.current()});
}

void Observation::end_of_file(std::uint32_t stream) {
  const TaskIndex task = scheduler_.current();
  if (situation_.tasks[task].role == mp::Role::user)
    tell_clocks([&](ProgramClock& clock) { clock.end_of_file(stream, task); });
}

// A primitive that polls for its own ends learns nothing that its caller may rely on.
bool Observation::is_polling(TaskIndex task) const {
  const TaskRow& row = situation_.tasks[task];
  return row.role == mp::Role::user && row.operation != none &&
         situation_.operations[row.operation].verb == mp::Verb::poll;
}

void Observation::bytes_seen(OperationIndex sender) {
  const TaskIndex task = scheduler_.current();
  if (sender != none && is_polling(task))
    tell_clocks([&](ProgramClock& clock) { clock.bytes_seen(sender, task); });
}

void Observation::end_seen(ProcessIndex process) {
  const TaskIndex task = scheduler_.current();
  if (is_polling(task)) tell_clocks([&](ProgramClock& clock) { clock.end_seen(process, task); });
}

// The kernel learns which stream an end stands for when the end is first used.
void Observation::bytes_written(std::uint32_t stream, std::uint64_t count) {
  if (const OperationIndex sender = behalf(); sender != none)
    situation_.operations[sender].bytes_sent += count;
  const TaskIndex task = scheduler_.current();
  const OperationIndex operation = situation_.tasks[task].operation;
  if (operation == none || situation_.operations[operation].kind != mp::ObjectKind::connection) return;
  const ObjectIndex object = situation_.operations[operation].object;
  situation_.objects[object].stream_out = stream;
  emit({.kind = EventKind::bytes_written,
        .task = task,
        .object = object,
        .operation = operation,
        .part = count});
}

void Observation::bytes_read(std::uint32_t stream, std::uint64_t offset, std::uint64_t count) {
  const TaskIndex task = scheduler_.current();
  const OperationIndex operation = situation_.tasks[task].operation;
  if (operation == none || situation_.operations[operation].kind != mp::ObjectKind::connection) return;
  const ObjectIndex object = situation_.operations[operation].object;
  situation_.objects[object].stream_in = stream;
  emit({.kind = EventKind::bytes_read,
        .task = task,
        .object = object,
        .operation = operation,
        .part = count,
        .number = static_cast<std::int64_t>(offset)});
}

void Observation::failed(std::string_view words, mp::Location where) {
  const TaskIndex task = scheduler_.current();
  emit({.kind = EventKind::failed,
        .task = task,
        .operation = situation_.tasks[task].operation,
        .text = words,
        .where = where});
}

void Observation::broken(const Watch& watch, Breach breach, std::string_view words) {
  const TaskIndex task = scheduler_.current();
  emit({.kind = EventKind::broken,
        .task = task,
        .operation = situation_.tasks[task].operation,
        .number = static_cast<std::int64_t>(breach),
        .text = watch.name,
        .rule = words,
        .where = watch.where});
}

void Observation::still_hot(const Watch& watch, bool is_over) {
  emit({.kind = EventKind::still_hot,
        .task = watch.task,
        .operation = watch.operation,
        .part = watch.step,
        .number = is_over ? 0 : 1,
        .text = watch.name,
        .where = watch.where});
}

void Observation::stuck() { emit({.kind = EventKind::stuck, .task = scheduler_.current()}); }
void Observation::long_run(bool is_last) {
  emit({.kind = EventKind::long_run, .task = scheduler_.current(), .number = is_last ? 1 : 0});
}
void Observation::ended() { emit({.kind = EventKind::ended}); }

}  // namespace heddle::sim
