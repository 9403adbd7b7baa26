// What primitives say: bookkeeping of operations, objects and claims.
#include <algorithm>
#include <heddle/core/verb_set.hpp>
#include <heddle/worlds/sim/observation.hpp>

namespace heddle::sim {

using Kind = mp::Annotation::Kind;

namespace {

constexpr VerbSet verbs_that_look{
    mp::Verb::exitcode,  mp::Verb::is_alive, mp::Verb::poll,      mp::Verb::qsize,     mp::Verb::empty,
    mp::Verb::full,      mp::Verb::load,     mp::Verb::is_set,    mp::Verb::get_value, mp::Verb::broken,
    mp::Verb::n_waiting, mp::Verb::ready,    mp::Verb::successful};

}  // namespace

Holder& holder_of(std::vector<Holder>& holders, ProcessIndex process) {
  const auto found = std::ranges::find(holders, process, &Holder::process);
  if (found != holders.end()) return *found;
  holders.push_back({.process = process});
  return holders.back();
}

void Observation::begin(std::span<const std::unique_ptr<Oracle>> oracles) {
  audience_.set(oracles);
  wants_stop_ = false;
  are_clocks_read_ = !oracles.empty();
  for (const auto& oracle : oracles) oracle->begin();
}

void Observation::tell_of_operation(EventKind kind, OperationIndex operation) {
  const OperationRow& row = situation_.operations[operation];
  audience_.show_operation({.kind = kind, .task = row.task, .object = row.object, .operation = operation},
                           row.kind, situation_, *this);
}

mp::Acknowledgement Observation::annotate(const mp::Annotation& annotation) {
  const TaskIndex task = scheduler_.current();
  switch (annotation.kind) {
    case Kind::created:
      return create(annotation);
    case Kind::begin:
      return begin_operation(annotation);
    case Kind::end:
      return end_operation(annotation);
    case Kind::held:
      change_claim(annotation, true);
      break;
    case Kind::dropped:
      change_claim(annotation, false);
      break;
    case Kind::argument:
      if (scheduler_.task(task).nesting == 1)
        situation_.words_for(situation_.operations[situation_.tasks[task].operation]).argument =
            annotation.text;
      break;
    case Kind::accessed:
      access(annotation);
      break;
    case Kind::carry:
      situation_.tasks[task].carries = static_cast<OperationIndex>(annotation.stamp) - 1;
      break;
    case Kind::asked:
      if (const OperationIndex own = situation_.tasks[task].operation; own != none)
        situation_.operations[own].is_asking = annotation.number != 0;
      break;
    case Kind::kept:
      keep(static_cast<OperationIndex>(annotation.stamp) - 1, annotation.number != 0);
      break;
    case Kind::uncaught:
      situation_.processes[situation_.tasks[task].process].uncaught = annotation.text;
      break;
    case Kind::misused:
      emit({.kind = EventKind::misused,
            .task = task,
            .object = static_cast<ObjectIndex>(annotation.object) - 1,
            .operation = situation_.tasks[task].operation,
            .text = annotation.text,
            .rule = annotation.rule,
            .where = annotation.where});
      break;
    case Kind::count:
      if (annotation.object_kind == mp::ObjectKind::barrier) place_taken(annotation);
      emit({.kind = EventKind::counted,
            .task = task,
            .object = static_cast<ObjectIndex>(annotation.object) - 1,
            .operation = situation_.tasks[task].operation,
            .number = annotation.number,
            .text = annotation.text});
      break;
  }
  return {};
}

// Whoever attaches to shared memory has the object of whoever made it: the latest of its name.
ObjectIndex Observation::attached_to(const mp::Annotation& annotation) const {
  if (annotation.object_kind != mp::ObjectKind::shared_memory || annotation.number != 0) return none;
  for (auto index = static_cast<ObjectIndex>(situation_.objects.size()); index-- > 0;) {
    const ObjectRow& row = situation_.objects[index];
    if (row.kind == mp::ObjectKind::shared_memory && row.key == annotation.part) return index;
  }
  return none;
}

mp::Acknowledgement Observation::create(const mp::Annotation& annotation) {
  if (const ObjectIndex known = attached_to(annotation); known != none)
    return {.object = static_cast<mp::ObjectId>(known + 1), .wants_text = situation_.recording};
  const TaskIndex creator = scheduler_.current();
  std::uint32_t ordinal = 1;
  if (annotation.text.empty())
    for (const ObjectRow& other : situation_.objects)
      if (other.creator == creator && other.kind == annotation.object_kind && other.name.empty()) ++ordinal;
  const ObjectIndex index = situation_.objects.add();
  ObjectRow& row = situation_.objects[index];
  row.kind = annotation.object_kind;
  row.name = annotation.text;
  row.creator = creator;
  row.ordinal = ordinal;
  row.where = annotation.where;
  row.id = scheduler_.accesses().make_id(creator);
  row.key = annotation.part;
  row.number = annotation.number;
  if (annotation.related != mp::ObjectId::none) {
    row.peer = static_cast<ObjectIndex>(annotation.related) - 1;
    situation_.objects[row.peer].peer = index;
  }
  return {.object = static_cast<mp::ObjectId>(index + 1), .wants_text = situation_.recording};
}

// Of operations that only look, the order makes no difference.
Access Observation::intent_of(const mp::Annotation& annotation) const {
  const auto object = static_cast<ObjectIndex>(annotation.object) - 1;
  if (object == none) return {};
  const bool only_looks = verbs_that_look.contains(annotation.verb);
  return {.thing = situation_.objects[object].id, .kind = only_looks ? AccessKind::read : AccessKind::write};
}

mp::Acknowledgement Observation::begin_operation(const mp::Annotation& annotation) {
  const TaskIndex task = scheduler_.current();
  if (scheduler_.task(task).nesting++ > 0)
    return {.stamp = static_cast<mp::Stamp>(situation_.tasks[task].operation + 1), .wants_text = false};
  scheduler_.operation_starts(intent_of(annotation));
  scheduler_.task(task).received = none;
  const OperationIndex index = situation_.operations.add();
  OperationRow& row = situation_.operations[index];
  row.task = task;
  row.verb = annotation.verb;
  row.kind = annotation.object_kind;
  row.object = static_cast<ObjectIndex>(annotation.object) - 1;
  row.related = static_cast<ObjectIndex>(annotation.related) - 1;
  row.where = annotation.where;
  row.step_begin = situation_.step;
  situation_.tasks[task].operation = index;
  situation_.processes[situation_.tasks[task].process].is_newborn = false;
  if (situation_.tasks[task].role == mp::Role::user) {
    if (ProgramClock::matters_at_begin(row))
      tell_clocks([&](ProgramClock& clock) { clock.operation_begun(situation_, index); });
    situation_.held_locks.begun(row);
  }
  tell_of_operation(EventKind::operation_begun, index);
  return {.stamp = static_cast<mp::Stamp>(index + 1), .wants_text = situation_.recording};
}

mp::Acknowledgement Observation::end_operation(const mp::Annotation& annotation) {
  const TaskIndex task = scheduler_.current();
  if (--scheduler_.task(task).nesting > 0) return {};
  const OperationIndex index = situation_.tasks[task].operation;
  OperationRow& row = situation_.operations[index];
  row.ended = true;
  row.succeeded = annotation.succeeded;
  row.number = annotation.number;
  row.step_end = situation_.step;
  row.source = scheduler_.task(task).received;
  if (situation_.recording && !annotation.text.empty()) situation_.words_for(row).result = annotation.text;
  situation_.tasks[task].operation = none;
  const bool is_users = situation_.tasks[task].role == mp::Role::user;
  if (is_users && ProgramClock::matters_at_end(row))
    tell_clocks([&](ProgramClock& clock) { clock.operation_ended(situation_, index); });
  tell_of_operation(EventKind::operation_ended, index);
  if (is_users) situation_.held_locks.ended(row, index);
  return {.stamp = static_cast<mp::Stamp>(row.source + 1)};
}

// A server touches data for its client: the access is the client's, made by the operation whose request
// the server read.
void Observation::access(const mp::Annotation& annotation) {
  const TaskIndex task = scheduler_.current();
  const bool helper = situation_.tasks[task].role == mp::Role::helper;
  const OperationIndex operation = helper ? scheduler_.task(task).received : situation_.tasks[task].operation;
  if (operation == none) return;
  OperationRow& row = situation_.operations[operation];
  row.part = annotation.part;
  emit({.kind = EventKind::accessed,
        .task = row.task,
        .object = static_cast<ObjectIndex>(annotation.object) - 1,
        .operation = operation,
        .access = annotation.access,
        .part = annotation.part,
        .number = annotation.number,
        .text = annotation.text,
        .where = row.where});
}

// Whose task says so keeps the operation, and whoever ends that says so for it.
void Observation::keep(OperationIndex operation, bool is_kept) {
  if (operation >= situation_.operations.size()) return;
  situation_.operations[operation].is_kept = is_kept;
  for (TaskRow& row : situation_.tasks)
    if (row.keeps == operation) row.keeps = none;
  if (is_kept) situation_.tasks[scheduler_.current()].keeps = operation;
}

// At a barrier: in which generation, said before anybody else can know. A server takes the place for its
// client.
void Observation::place_taken(const mp::Annotation& annotation) {
  TaskIndex task = scheduler_.current();
  const OperationIndex served = scheduler_.task(task).received;
  if (situation_.tasks[task].role == mp::Role::helper && served != none)
    task = situation_.operations[served].task;
  if (situation_.tasks[task].role != mp::Role::user) return;
  tell_clocks([&](ProgramClock& clock) {
    clock.place_taken(static_cast<ObjectIndex>(annotation.object) - 1, annotation.number, task);
  });
}

void Observation::change_claim(const mp::Annotation& annotation, bool held) {
  const TaskIndex task = scheduler_.current();
  const auto object = static_cast<ObjectIndex>(annotation.object) - 1;
  if (object == none) return;
  Holder& holder = holder_of(situation_.objects[object].holders, situation_.tasks[task].process);
  if (held) {
    ++holder.claims;
  } else if (holder.claims > 0) {
    --holder.claims;
    emit({.kind = EventKind::claim_dropped, .task = task, .object = object});
  }
}

}  // namespace heddle::sim
