// Who runs. The scheduler owns the tasks' fibers, the virtual clock and every choice of which task runs
// next, which waiter wakes and where a fault strikes; it records what deviates from the default run.
//
// Exactly one task runs at a time. A task gives the others a chance at a switch point and when it blocks
// or ends; control passes straight from fiber to fiber. Order is label order: a parent before its children,
// children by birth.
//
// Time mode `maximal`: time stands still while anybody can run; only then does the earliest deadline come
// due. `explore`: wherever another task may run, the earliest deadline may also come due. `races`: there the
// timer of any one sleeper may fire; the clock is then at its deadline at least, and those whose deadlines
// lie before that are late: they fire when they are chosen, or when nobody can run. The clock never goes
// back. In all modes the default is what `maximal` does.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <heddle/core/arena.hpp>
#include <heddle/core/sanitizers.hpp>
#include <heddle/core/situation.hpp>
#include <heddle/core/strategy.hpp>
#include <heddle/core/tape.hpp>
#include <heddle/core/world.hpp>
#include <heddle/worlds/sim/accesses.hpp>
#include <heddle/worlds/sim/fiber.hpp>
#include <heddle/worlds/sim/ranked_set.hpp>
#include <heddle/worlds/sim/sleepers.hpp>

namespace heddle::sim {

enum class Wake : std::uint8_t { woken, timed_out };

/// The scheduler's side of a task; what oracles may see of it is its TaskRow.
struct Task {
  Fiber* fiber = nullptr;
  Arena* arena = nullptr;   // its process's
  std::uint32_t rank = 0;   // in label order
  std::uint32_t depth = 0;  // how many ancestors
  mp::Instant deadline = mp::never;
  WaitKey key = nullptr;
  bool was_woken = false;
  bool is_stopped = false;                             // its process is: runnable or not, it does not run
  bool joined = false;                                 // a thread is joined once
  std::uint32_t unexplored = 0;                        // how often it wants nothing explored
  std::array<std::uint32_t, choice_kinds> ordinals{};  // how many choices of each kind it came to
  std::uint32_t nesting = 0;                           // operations begun and not ended
  OperationIndex received = none;                      // whose bytes it read last
  Access intent = {};                                  // what its next step touches first, if it has said so
  const void* intended = nullptr;  // the same by address, in place of an id; null: see intent
  Fiber::Entry entry = nullptr;
  void* argument = nullptr;
  alignas(16) std::array<std::byte, mp::slot_bytes> slot{};
};

/// What the scheduler tells the rest of the kernel.
class SchedulerEvents {
 public:
  virtual ~SchedulerEvents() = default;
  virtual void task_blocked(TaskIndex task) = 0;
  /// Nobody can run and no timer will fire: the execution is about to end.
  virtual void stuck() = 0;
  /// Many steps have been taken; the last time when no more will be.
  virtual void long_run(bool is_last) = 0;
  /// What the current task did since it got its turn is done. Told while somebody watches the steps.
  virtual void step_ended() = 0;
};

class Scheduler : public Tasks {
 public:
  Scheduler(Situation& situation, SchedulerEvents& events) : situation_(situation), events_(events) {}

  /// A new execution. Nothing runs before run().
  void begin(const RunOptions& options, Strategy& strategy);
  /// Runs until somebody calls stop(); then every fiber is abandoned.
  Ending run();
  /// Ends the execution from within a task: control is back in run(), and no task ever runs again.
  [[noreturn]] void stop(Ending ending);

  /// A new task, runnable, whose row is already there with its parent.
  void add_task(TaskIndex index, Arena& arena, Fiber::Entry entry, void* argument);
  /// The current task has ended (its row says so): somebody else runs.
  [[noreturn]] void leave();
  /// Another task will never run again. Whoever learns of the end of `whole` knows what it did.
  void remove(TaskIndex task, const void* whole);

  /// One more Os call, and what it is about to touch (null: nothing of the kind); at granularity os also a
  /// switch point. Gives up beyond steps_max.
  void step(const void* thing, AccessKind kind);
  /// The start of an outermost operation on this object; at granularity op a switch point.
  void operation_starts(const Access& intent);
  /// A switch point at granularity op that is no operation, before this is touched.
  void turn_starts(const void* thing, AccessKind kind);
  /// The current task sleeps until woken by its key, by its deadline, or by the end of a process it watches.
  Wake block(WaitKind kind, std::uint32_t target, WaitKey key, mp::Instant deadline,
             ProcessIndex watched = none);
  /// A stopped task does not run until it is resumed; whatever wakes it meanwhile is kept. From a word it
  /// comes away at once, as in Linux, where the wait begins anew when the task goes on: no wake is spent on
  /// it.
  void stop_task(TaskIndex task);
  void resume_task(TaskIndex task);
  /// Lets others run if the current task has been stopped.
  void yield_if_stopped();
  void wake(TaskIndex task);
  int wake_all(WaitKey key) {
    return wake_those(key, [](TaskIndex) { return true; });
  }
  /// Of the sleepers with this key, those of whom `is_meant` says so. How many.
  template <class IsMeant>
  int wake_those(WaitKey key, IsMeant is_meant) {
    int woken = 0;
    sleepers_.visit_on(key, [&](TaskIndex each) {
      if (!is_meant(each)) return;
      unblock(each, true);
      ++woken;
    });
    return woken;
  }
  void wake_watchers(ProcessIndex ended);
  /// Those who sleep on the word and watch a process look again now and then, so they see that it has
  /// changed.
  void wake_watchers_on(WaitKey word);
  /// Which of the sleepers on a word wake is a choice.
  int wake_some(WaitKey key, int count);
  void sleep_until(mp::Instant deadline);

  /// The current task touches a thing that is shared (access.hpp).
  void touch(const void* thing, AccessKind kind) { accesses_.touch(current_, thing, kind); }
  /// And synchronises with it: an edge of the os clock, and what ThreadSanitizer is told.
  void synchronise(const void* thing, AccessKind kind) {
    order_by(thing);
    if (situation_.recording) situation_.os_clock.synchronise(current_, thing);
    touch(thing, kind);
  }
  Accesses& accesses() { return accesses_; }
  /// What stands for a process that is alive.
  ThingId life_of(ProcessIndex process) const { return ~accesses_.label(situation_.processes[process].main); }
  /// What stands for those who sleep on a word.
  static const void* sleepers_of(const mp::Word& word) {
    return reinterpret_cast<const std::byte*>(&word) + 1;
  }

  std::uint32_t choose(ChoiceKind kind, std::uint32_t count);
  /// Does a fault of this kind strike here? 0: no; otherwise which of its forms. Always no when none may
  /// strike any more, and for what the harness does on a task's stack.
  std::uint32_t fault(ChoiceKind kind, std::uint32_t answers = 2) {
    return may_fault() ? draw_fault(kind, answers) : 0;
  }
  bool may_fault() const { return faults_left_ != 0; }

  /// From now on step_ended() is told, or no longer.
  void watch_steps(bool are_watched) { are_steps_watched_ = are_watched; }

  TaskIndex current() const { return current_; }
  Task& task(TaskIndex index) { return *tasks_[index]; }
  mp::Instant now() const { return now_; }
  /// What stands for the virtual clock.
  const void* clock() const { return &now_; }
  /// While any task wants it so, every choice has its default answer and nobody is asked.
  void leave_unexplored(bool is_left);
  /// There was a choice that nobody was asked about.
  bool is_partly_unexplored() const { return is_partly_unexplored_; }

  std::uint64_t choice_points() const { return choice_points_; }
  /// Of these, choices of which task runs.
  std::uint64_t task_choices() const { return task_choices_; }
  /// A hash of the deviations.
  std::uint64_t schedule() const;
  Tape tape() const;

  TaskIndex candidate(std::uint32_t answer) const override;
  std::string label(TaskIndex task) const override { return situation_.label_of(task); }
  TaskId id(TaskIndex task) const override { return accesses_.label(task); }
  TaskIndex parent(TaskIndex task) const override { return situation_.tasks[task].parent; }
  Access intent(TaskIndex task) const override;
  const Steps& steps() const override { return accesses_.steps(); }

 private:
  struct Deviation {
    TaskIndex task;
    ChoiceKind kind;
    std::uint32_t ordinal;
    std::uint32_t answer;
    TaskIndex chosen;  // kind task, wake and timer
  };

  void come_to_limit();
  std::uint32_t draw_fault(ChoiceKind kind, std::uint32_t answers);
  void switch_point();
  void give_turn(TaskIndex next);
  void run_another();
  TaskIndex choose_another();
  void switch_to(TaskIndex next);
  void let_time_pass();
  void let_a_timer_come_early();
  void find_timers();
  void fire_earliest();
  void fire(TaskIndex sleeper);
  void make_runnable(TaskIndex task);
  void unblock(TaskIndex task, bool woken);
  void leave_sleepers(TaskIndex task);
  template <class Concerns>
  void wake_watchers_if(Concerns concerns);
  std::uint32_t rank_for_child_of(TaskIndex parent) const;

  Situation& situation_;
  SchedulerEvents& events_;
  mutable Accesses accesses_;  // things get their ids when they are asked for
  RunOptions options_;
  Strategy* strategy_ = nullptr;
  FiberPool fibers_;
  Fiber root_;
  std::vector<std::unique_ptr<Task>> tasks_;  // by TaskIndex; kept from execution to execution
  std::vector<TaskIndex> by_rank_;
  RankedSet runnable_;
  Sleepers sleepers_;
  std::vector<TaskIndex> candidates_;  // of the choice at hand, kinds wake and timer
  std::vector<Deviation> deviations_;
  TaskIndex current_ = no_task;
  ChoiceKind choosing_ = ChoiceKind::task;
  bool current_can_run_ = true;
  bool are_steps_watched_ = false;
  bool asks_at_turns_ = false;  // the strategy is asked although only one task can run
  mp::Instant now_{};
  std::uint64_t choice_points_ = 0;
  std::uint64_t task_choices_ = 0;
  std::uint32_t faults_left_ = 0;
  std::uint32_t unexplored_ = 0;  // over all tasks
  bool is_partly_unexplored_ = false;
  std::uint64_t steps_limit_ = 0;  // beyond it, come_to_limit()
  Ending ending_ = Ending::complete;
};

}  // namespace heddle::sim
