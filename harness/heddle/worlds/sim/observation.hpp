// Turns what primitives say about themselves, and what the kernel does, into the situation's rows, the
// program clock and events for the oracles. It decides what is an outermost operation and on whose behalf
// a helper acts; it never influences what happens, except that a finding of damage ends the execution.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include <heddle/core/oracle.hpp>
#include <heddle/core/world.hpp>
#include <heddle/worlds/sim/audience.hpp>
#include <heddle/worlds/sim/scheduler.hpp>
#include <heddle/worlds/sim/watches.hpp>

namespace heddle::sim {

class Observation : public Findings {
 public:
  Observation(Situation& situation, Scheduler& scheduler, Execution& execution)
      : situation_(situation), scheduler_(scheduler), execution_(execution) {}

  void begin(std::span<const std::unique_ptr<Oracle>> oracles);

  mp::Acknowledgement annotate(const mp::Annotation& annotation);
  bool add(Finding finding) override;
  void refute(Refutation refutation) override;
  void put_aside(const Finding& finding, Suppressed suppressed) override;
  void leave_open() override { execution_.is_left_open = true; }

  // What the kernel tells.
  void task_started(TaskIndex child, TaskIndex parent);
  void task_blocked(TaskIndex task);
  void task_ended(TaskIndex task);
  void process_ended(ProcessIndex process);
  /// What a task knew lives on in the clocks; nothing is told to anybody, the kernel is not done yet.
  void task_gone(TaskIndex task) {
    tell_clocks([&](ProgramClock& clock) { clock.task_ended(situation_, task); });
  }
  void stream_gone(std::uint32_t stream, TaskIndex closer) {
    tell_clocks([&](ProgramClock& clock) { clock.stream_closed(stream, closer); });
  }
  /// A process let go of a descriptor, and everybody who waited for that is awake.
  void descriptor_closed();
  void end_of_file(std::uint32_t stream);
  /// What a poll has found, if the program asked for it: bytes of an operation, the end of a process.
  void bytes_seen(OperationIndex sender);
  void end_seen(ProcessIndex process);
  void bytes_written(std::uint32_t stream, std::uint64_t count);
  void bytes_read(std::uint32_t stream, std::uint64_t offset, std::uint64_t count);
  void failed(std::string_view words, mp::Location where);
  void broken(const Watch& watch, Breach breach, std::string_view words);
  void still_hot(const Watch& watch, bool is_over);
  void stuck();
  void long_run(bool is_last);
  void ended();

  /// On whose behalf the current task writes: its own outermost operation, or what it carries.
  OperationIndex behalf() const;
  /// A finding of damage wants the execution to end.
  bool wants_stop() const { return wants_stop_; }
  bool wants(EventKind kind) const { return audience_.wants(kind); }

 private:
  mp::Acknowledgement create(const mp::Annotation& annotation);
  ObjectIndex attached_to(const mp::Annotation& annotation) const;
  Access intent_of(const mp::Annotation& annotation) const;
  bool is_polling(TaskIndex task) const;
  mp::Acknowledgement begin_operation(const mp::Annotation& annotation);
  mp::Acknowledgement end_operation(const mp::Annotation& annotation);
  void access(const mp::Annotation& annotation);
  void keep(OperationIndex operation, bool is_kept);
  void place_taken(const mp::Annotation& annotation);
  void change_claim(const mp::Annotation& annotation, bool held);
  void emit(const Event& event) { audience_.show(event, situation_, *this); }
  void tell_of_operation(EventKind kind, OperationIndex operation);
  template <class Tell>
  void tell_clocks(Tell tell) {
    if (!are_clocks_read_) return;
    tell(situation_.clock);
    tell(situation_.clock_without_locks);
  }

  Situation& situation_;
  Scheduler& scheduler_;
  Execution& execution_;
  Audience audience_;
  bool are_clocks_read_ = false;  // there are oracles
  bool wants_stop_ = false;
};

/// The holder's row for a process, made if it is missing.
Holder& holder_of(std::vector<Holder>& holders, ProcessIndex process);

}  // namespace heddle::sim
