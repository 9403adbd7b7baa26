// Every nondeterministic decision of an execution is one call: choose(choice) -> 0..count-1. Answer 0 is
// the default: carry on, wake the first, no fault, let no timer come early, the program's first alternative.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/core/access.hpp>

namespace heddle {

enum class ChoiceKind : std::uint8_t {
  task,   // which task runs next
  wake,   // which waiter of a word wakes
  data,   // an alternative the program asked to have explored
  kill,   // does the current process die here
  timer,  // whose sleep or timeout ends here, though it is not its turn
  // Faults, as kill is one (faults.hpp). Tokens know kinds by their place, so a new one goes to the end.
  eintr,     // is the call interrupted before it sleeps
  short_io,  // how much a read or write moves: all it could, one byte or half
  spurious,  // does the wait for a word end though nobody woke it
  fork,      // is there no room for another process
  fds,       // has the process no room for another descriptor
  enospc,    // is there no room for more shared memory, or another file
};
inline constexpr std::size_t choice_kinds = 11;

/// Its answers stand for tasks, and a tape names the task.
inline bool picks_task(ChoiceKind kind) {
  return kind == ChoiceKind::task || kind == ChoiceKind::wake || kind == ChoiceKind::timer;
}

std::string_view name_of(ChoiceKind kind);

/// The tasks of the running execution, as the world knows them.
class Tasks {
 public:
  virtual ~Tasks() = default;
  /// Whom an answer to the present choice of kind task, wake or timer picks. no_task: nobody, or whoever
  /// comes anyway (a timer's answer 0).
  virtual TaskIndex candidate(std::uint32_t answer) const = 0;
  /// A task's label, its spawn path: the same in every execution in which the task is born.
  virtual std::string label(TaskIndex task) const = 0;
  /// The same as a number, and whose child the task is (no_task: nobody's).
  virtual TaskId id(TaskIndex task) const = 0;
  virtual TaskIndex parent(TaskIndex task) const = 0;
  /// What a task that can run touches first when it runs: at granularity op its operation's object, at os the
  /// call's. A task that begins or was just woken has yet to say.
  virtual Access intent(TaskIndex task) const = 0;
  /// What has been done so far; the last row is the step that leads to the present choice. Kept for a
  /// strategy that looks at steps.
  virtual const Steps& steps() const = 0;
};

/// An answer to any choice: what follows has been explored, and the execution need not go on.
inline constexpr std::uint32_t abandon = UINT32_MAX;

struct Choice {
  ChoiceKind kind{};
  TaskIndex task = no_task;      // who comes to the choice
  std::uint32_t ordinal = 0;     // that task's own n-th choice of the kind, from 0
  std::uint32_t count = 0;       // at least 2; 1 for a strategy that looks at turns, when one task can run
  const Tasks* tasks = nullptr;  // never null; valid for the execution
  bool is_preemption = false;    // kind task: the task could go on, which is what answer 0 means
  std::uint64_t step = 0;        // Os calls made so far, by all
};

}  // namespace heddle
