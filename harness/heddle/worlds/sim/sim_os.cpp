// Executions from beginning to end, and the calls that need no more than the scheduler: time, chance,
// annotations, what the program says to the harness.
#include <algorithm>
#include <cstring>
#include <heddle/core/random.hpp>
#include <heddle/worlds/sim/sim_os.hpp>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace heddle::sim {

SimOs::SimOs()
    : scheduler_(situation_, *this), observation_(situation_, scheduler_, execution_), files_(situation_) {}

const Execution& SimOs::run(const Program& program, const RunOptions& options, Strategy& strategy,
                            std::span<const std::unique_ptr<Oracle>> oracles, Record record) {
  const UnwatchedScope unwatched;
  situation_.clear();
  situation_.recording = record == Record::history;
  execution_.findings.clear();
  execution_.refutations.clear();
  execution_.suppressed.clear();
  execution_.is_damage_suppressed = false;
  execution_.is_left_open = false;
  execution_.outcomes.clear();
  execution_.labels.clear();
  digests_.clear();
  segments_.begin();
  paths_.begin();
  program_ = &program;
  seed_ = options.seed;
  steps_max_ = options.steps_max;
  failed_ = false;
  watches_.begin();
  moment_ = 0;
  take_race_report();
  scheduler_.begin(options, strategy);
  observation_.begin(oracles);
  files_.begin();
  const ProcessIndex main = add_process("main", none);
  files_.add_process(main, none);
  const TaskIndex task = add_task("main", main, no_task, mp::Role::user, false, none);
  situation_.processes[main].main = task;
  situation_.processes[main].id = make_process_id(task);
  scheduler_.add_task(task, processes_[main]->arena, &SimOs::run_main, this);
  scheduler_.accesses().name(processes_[main].get(), scheduler_.life_of(main));
  observation_.task_started(task, no_task);
  {
    const mp::OsScope as_os(this);
    const SessionScope as_session(this);
    execution_.ending = scheduler_.run();
  }
  learn_at_the_end();
  if (execution_.ending == Ending::complete || execution_.ending == Ending::stuck) tell_of_hot_states(0);
  observation_.ended();
  for (ProcessIndex process = 0; process < situation_.processes.size(); ++process)
    processes_[process]->arena.reap();
  execution_.steps = situation_.step;
  execution_.choice_points = scheduler_.choice_points();
  execution_.task_choices = scheduler_.task_choices();
  execution_.is_partly_unexplored = scheduler_.is_partly_unexplored();
  execution_.schedule = scheduler_.schedule();
  execution_.interleaving = scheduler_.accesses().order();
  execution_.digest = digests_.empty() ? 0 : digests_.back();
  return execution_;
}

SimOs::Entry::Entry(SimOs& os, Call call, const void* thing, AccessKind kind)
    : arena_(exchange_arena(nullptr)) {
  os.enter(call, thing, kind);
}
SimOs::Entry::~Entry() { exchange_arena(arena_); }

void SimOs::enter(Call call, const void* thing, AccessKind kind) {
  leave_word_for_the_end();
  stop_if_wanted();
  if (take_race_report()) {
    const TaskIndex task = scheduler_.current();
    observation_.add({.rule = "shared-memory-race",
                      .sentence = "ThreadSanitizer reported a data race when " +
                                  situation_.name_of_task(task) + " ran (its report is on stderr)"});
    stop_if_wanted();
  }
  scheduler_.step(thing, kind);
  if (situation_.recording) note(call, 0);
  // The main process is not killed: who would tell what came of it?
  if (scheduler_.may_fault() && current_process() != 0 && is_struck(ChoiceKind::kill)) {
    situation_.processes[current_process()].killed_by_fault = true;
    end_current_process(0, 9);
  }
}

void SimOs::stop_if_wanted() {
  if (host_depth() != 0) return;
  if (failed_ || observation_.wants_stop()) scheduler_.stop(Ending::stopped);
}

// The history's digest grows by every call: who called what, in which order. No address enters it.
void SimOs::note(Call call, std::uint64_t detail) {
  const std::array<std::uint64_t, 3> row{scheduler_.current(), static_cast<std::uint64_t>(call), detail};
  const std::uint64_t before = digests_.empty() ? 0 : digests_.back();
  digests_.push_back(XXH3_64bits_withSeed(row.data(), sizeof(row), before));
}

void SimOs::task_blocked(TaskIndex task) {
  observation_.task_blocked(task);
  stop_if_wanted();
}

void SimOs::stuck() {
  observation_.stuck();
  stop_if_wanted();
}

void SimOs::long_run(bool is_last) {
  observation_.long_run(is_last);
  if (is_last) tell_of_hot_states(steps_max_ / 2);
  stop_if_wanted();
}

mp::Instant SimOs::now() {
  const Entry entry(*this, Call::now, scheduler_.clock(), AccessKind::read);
  scheduler_.touch(scheduler_.clock(), AccessKind::read);
  return scheduler_.now();
}

void SimOs::sleep_until(mp::Instant deadline) {
  const Entry entry(*this, Call::sleep_until);
  scheduler_.touch(scheduler_.clock(), AccessKind::read);
  scheduler_.sleep_until(deadline);
}

// Random bytes are no choice: a stream of their own for each task, by its label, so that one more task
// elsewhere changes nothing here.
void SimOs::random_bytes(std::span<std::byte> into) {
  const Entry entry(*this, Call::random_bytes);
  Accesses& accesses = scheduler_.accesses();
  Random random(seed_, accesses.make_id(scheduler_.current()));
  for (std::byte& each : into) each = static_cast<std::byte>(random.next() >> 56);
}

mp::Acknowledgement SimOs::annotate(const mp::Annotation& annotation) {
  const BriefEntry entry;
  if (situation_.recording)
    note(Call::annotate, (static_cast<std::uint64_t>(annotation.kind) << 48) |
                             (static_cast<std::uint64_t>(annotation.verb) << 32) |
                             static_cast<std::uint64_t>(annotation.object));
  const mp::Acknowledgement acknowledgement = observation_.annotate(annotation);
  stop_if_wanted();
  return acknowledgement;
}

void SimOs::outcome(std::string_view text) {
  const BriefEntry entry;
  scheduler_.touch(&execution_, AccessKind::write);
  execution_.outcomes.emplace_back(text);
}

// Which labels a task comes to depends on its own past alone, so this touches nothing.
void SimOs::label(std::string_view name, LabelUse use) {
  const BriefEntry entry;
  const auto known = std::ranges::find(execution_.labels, name, &Label::name);
  Label& label = known != execution_.labels.end() ? *known : execution_.labels.emplace_back();
  if (label.name.empty()) label.name = name;
  (use == LabelUse::must_reach ? label.must_reach : label.reached) = true;
}

std::uint32_t SimOs::choose(std::uint32_t count) {
  const BriefEntry entry;
  return scheduler_.choose(ChoiceKind::data, count);
}

void SimOs::leave_unexplored(bool is_left) {
  const BriefEntry entry;
  scheduler_.leave_unexplored(is_left);
}

void SimOs::fail(std::string_view words, mp::Location where) {
  const BriefEntry entry;
  if (failed_) return;
  failed_ = true;
  observation_.failed(words, where);
}

}  // namespace heddle::sim
