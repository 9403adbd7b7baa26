// Which operation publishes what its task knows, and which takes knowledge in: the promises of DESIGN §7,
// one line each.
#include <heddle/core/program_clock.hpp>
#include <heddle/core/situation.hpp>
#include <heddle/core/verb_set.hpp>

namespace heddle {

using mp::Verb;

namespace {

// release → later successful acquire, notify → the return of its wait, set → a wait or an is_set that gave
// true, task_done → the return of join, a worker's or a callback's hand_in → whoever learns of the result.
constexpr bool publishes_to_object(Verb verb) {
  return verb == Verb::release || verb == Verb::notify || verb == Verb::notify_all || verb == Verb::set ||
         verb == Verb::task_done || verb == Verb::hand_in;
}
constexpr bool subscribes_to_object(Verb verb) {
  return verb == Verb::wait || verb == Verb::acquire || verb == Verb::is_set;
}
bool subscribes_to_object(const OperationRow& operation) {
  if (operation.kind == mp::ObjectKind::async_result)
    return operation.verb != Verb::ready || operation.number != 0;
  if (operation.verb == Verb::wait) return operation.kind != mp::ObjectKind::barrier;
  return subscribes_to_object(operation.verb) && (operation.verb != Verb::is_set || operation.number != 0);
}

// Calls of a pool that return with the result of the job they made.
constexpr bool subscribes_to_related(Verb verb) {
  return verb == Verb::apply || verb == Verb::map || verb == Verb::starmap;
}

// What a job raised is known as well as what it gave.
bool knows_outcome(const OperationRow& operation) {
  const bool is_of_a_job =
      operation.kind == mp::ObjectKind::async_result || subscribes_to_related(operation.verb);
  return operation.succeeded || (is_of_a_job && operation.number == 1);
}

// put(i) → get(i), send(k) → recv(k), a call of a Listener → its accept: one publication, one subscriber;
// submit → task: a subscriber per chunk.
constexpr bool submits(Verb verb) {
  return verb == Verb::apply || verb == Verb::apply_async || verb == Verb::map || verb == Verb::map_async ||
         verb == Verb::starmap || verb == Verb::starmap_async || verb == Verb::imap ||
         verb == Verb::imap_unordered;
}
constexpr bool publishes_to_one(Verb verb) {
  return verb == Verb::put || verb == Verb::send || verb == Verb::connect || submits(verb);
}
constexpr bool subscribes_to_one(Verb verb) {
  return verb == Verb::get || verb == Verb::recv || verb == Verb::accept || verb == Verb::take;
}

// A robust lock came from a holder that died with it: everything that one did is over.
bool takes_over(const OperationRow& operation) {
  if (operation.number >= 0) return false;
  return operation.verb == Verb::acquire ||
         (operation.verb == Verb::wait && operation.kind == mp::ObjectKind::condition);
}

// The end of a process or thread, or of a JoinableQueue's tasks, becomes known. A Process can be closed only
// once it has ended.
constexpr bool learns_of_end(Verb verb) {
  return verb == Verb::terminate || verb == Verb::close || verb == Verb::join || verb == Verb::exitcode ||
         verb == Verb::is_alive;
}
bool learns_of_end(const OperationRow& operation) {
  if (operation.verb == Verb::terminate) return operation.kind == mp::ObjectKind::pool;
  if (operation.verb == Verb::close) return operation.kind == mp::ObjectKind::process;
  return learns_of_end(operation.verb);
}

// Most operations do nothing at their beginning or nothing at their end, which one look at a bit tells.
template <class Matters>
constexpr VerbSet verbs_that(Matters matters) {
  VerbSet verbs;
  for (unsigned verb = 0; verb < verb_count; ++verb)
    if (matters(static_cast<Verb>(verb))) verbs.add(static_cast<Verb>(verb));
  return verbs;
}
constexpr VerbSet that_matter_at_begin = verbs_that(
    [](Verb verb) { return publishes_to_object(verb) || publishes_to_one(verb) || verb == Verb::wait; });
constexpr VerbSet that_matter_at_end = verbs_that([](Verb verb) {
  return subscribes_to_object(verb) || subscribes_to_related(verb) || subscribes_to_one(verb) ||
         learns_of_end(verb) || verb == Verb::finish;
});

}  // namespace

void ProgramClock::clear() {
  tasks_.clear();
  processes_.clear();
  objects_.clear();
  streams_.clear();
  operations_.clear();
  meetings_.clear();
  places_.clear();
}

Clock& ProgramClock::row(Table<Row>& table, std::uint32_t index) {
  while (table.size() <= index) table.add();
  return table[index].clock;
}

// What comes after a publication must not count as known to its subscribers: the task's time moves on.
void ProgramClock::publish(TaskIndex task, Clock& into) {
  into.join(tasks_[task].clock);
  tasks_[task].clock.tick(task);
}

void ProgramClock::task_started(TaskIndex child, TaskIndex parent) {
  row(tasks_, child);
  if (parent != no_task) publish(parent, tasks_[child].clock);
  tasks_[child].clock.tick(child);
}

void ProgramClock::task_ended(const Situation& situation, TaskIndex task) {
  const TaskRow& ended = situation.tasks[task];
  if (ended.role == mp::Role::user) row(processes_, ended.process).join(tasks_[task].clock);
}

bool ProgramClock::matters_at_begin(const OperationRow& operation) {
  return that_matter_at_begin.contains(operation.verb);
}

bool ProgramClock::matters_at_end(const OperationRow& operation) {
  return that_matter_at_end.contains(operation.verb) || operation.kind == mp::ObjectKind::async_result;
}

void ProgramClock::operation_begun(const Situation& situation, std::uint32_t index) {
  const OperationRow& operation = situation.operations[index];
  const TaskIndex task = operation.task;
  const bool counts_locks = lock_edges_ == LockEdges::counted;
  if (publishes_to_object(operation.verb) && operation.object != none &&
      (counts_locks || operation.kind != mp::ObjectKind::lock))
    publish(task, row(objects_, operation.object));
  const bool gives_lock_up = counts_locks && operation.verb == Verb::wait;
  const bool tells_pool = operation.verb == Verb::hand_in;
  if ((gives_lock_up || tells_pool) && operation.related != none)
    publish(task, row(objects_, operation.related));
  if (publishes_to_one(operation.verb)) publish(task, row(operations_, index));
}

void ProgramClock::operation_ended(const Situation& situation, std::uint32_t index) {
  const OperationRow& operation = situation.operations[index];
  Clock& mine = tasks_[operation.task].clock;
  if (operation.verb == Verb::wait && operation.related != none)  // has the lock again, come what may
    mine.join(row(objects_, operation.related));
  if (!knows_outcome(operation) || operation.object == none) return;
  if (takes_over(operation))
    learn_of_dead_holder(situation, operation.verb == Verb::wait ? operation.related : operation.object,
                         mine);
  if (subscribes_to_object(operation)) mine.join(row(objects_, operation.object));
  if (subscribes_to_related(operation.verb) && operation.related != none)
    mine.join(row(objects_, operation.related));
  if (operation.verb == Verb::wait && operation.kind == mp::ObjectKind::barrier)
    mine.join(meetings_[places_[operation.task].meeting].clock);
  if (subscribes_to_one(operation.verb) && operation.source != none)
    mine.join(row(operations_, operation.source));
  if (learns_of_end(operation)) learn_of_end(situation, operation, mine);
  if (operation.verb == Verb::finish) learn_of_children(situation, operation.task);
}

void ProgramClock::learn_of_end(const Situation& situation, const OperationRow& operation, Clock& mine) {
  if (operation.kind == mp::ObjectKind::joinable_queue || operation.kind == mp::ObjectKind::pool)
    mine.join(row(objects_, operation.object));
  if (operation.kind == mp::ObjectKind::pool) return learn_of_workers(situation, operation.object, mine);
  for (TaskIndex task = 0; task < situation.tasks.size(); ++task) {
    const TaskRow& other = situation.tasks[task];
    if (other.object != operation.object || other.state != TaskState::ended) continue;
    mine.join(tasks_[task].clock);
    if (operation.kind == mp::ObjectKind::process) mine.join(row(processes_, other.process));
  }
}

// All that a pool's workers did, those that were killed among them.
void ProgramClock::learn_of_workers(const Situation& situation, std::uint32_t pool, Clock& mine) {
  for (TaskIndex task = 0; task < situation.tasks.size(); ++task) {
    const TaskRow& worker = situation.tasks[task];
    if (worker.object == none || situation.objects[worker.object].peer != pool) continue;
    if (worker.state != TaskState::ended) continue;
    mine.join(tasks_[task].clock);
    mine.join(row(processes_, worker.process));
  }
}

// Whoever took the lock last among the dead held it when it died.
void ProgramClock::learn_of_dead_holder(const Situation& situation, std::uint32_t lock, Clock& mine) {
  const OperationRow* last = nullptr;
  for (const OperationRow& row : situation.operations) {
    const bool takes = (row.verb == Verb::acquire && row.object == lock && row.succeeded) ||
                       (row.verb == Verb::wait && row.related == lock);
    if (!takes || !row.ended || situation.processes[situation.tasks[row.task].process].alive) continue;
    if (last == nullptr || row.step_end >= last->step_end) last = &row;
  }
  if (last == nullptr) return;
  mine.join(tasks_[last->task].clock);
  mine.join(row(processes_, situation.tasks[last->task].process));
}

// The exit sequence has waited for every child process, and for every thread that is no daemon.
void ProgramClock::learn_of_children(const Situation& situation, TaskIndex finishing) {
  const std::uint32_t process = situation.tasks[finishing].process;
  for (TaskIndex task = 0; task < situation.tasks.size(); ++task) {
    const TaskRow& other = situation.tasks[task];
    if (other.state != TaskState::ended || other.role != mp::Role::user || other.parent == no_task) continue;
    const bool is_child = situation.tasks[other.parent].process == process && other.process != process;
    const bool is_thread = other.process == process && !other.daemon;
    if (is_child || is_thread) tasks_[finishing].clock.join(tasks_[task].clock);
    if (is_child) tasks_[finishing].clock.join(row(processes_, other.process));
  }
}

// Barrier arrivals → all returns of the same trip, and of no other: a party that is fast may come again
// before one that is slow has returned.
void ProgramClock::place_taken(std::uint32_t barrier, std::int64_t generation, TaskIndex task) {
  // The generations that are not over are among the last, so the search begins there.
  std::size_t after = meetings_.size();
  while (after > 0 &&
         (meetings_[after - 1].barrier != barrier || meetings_[after - 1].generation != generation))
    --after;
  const std::uint32_t meeting = after > 0 ? static_cast<std::uint32_t>(after - 1) : meetings_.add();
  meetings_[meeting].barrier = barrier;
  meetings_[meeting].generation = generation;
  while (places_.size() <= task) places_.add();
  places_[task].meeting = meeting;
  publish(task, meetings_[meeting].clock);
}

void ProgramClock::stream_closed(std::uint32_t stream, TaskIndex closer) {
  publish(closer, row(streams_, stream));
}

void ProgramClock::end_of_file(std::uint32_t stream, TaskIndex reader) {
  tasks_[reader].clock.join(row(streams_, stream));
}

void ProgramClock::bytes_seen(std::uint32_t operation, TaskIndex watcher) {
  tasks_[watcher].clock.join(row(operations_, operation));
}

void ProgramClock::end_seen(std::uint32_t process, TaskIndex watcher) {
  tasks_[watcher].clock.join(row(processes_, process));
}

}  // namespace heddle
