// What steps touch: the dependence table (DESIGN §6) as data. Two steps of different tasks may change places
// unless they touch one thing in ways that do not commute. A thing is a word, the queue of its sleepers,
// eight bytes of a cell, a stream, a process, a descriptor table. Its id does not depend on the interleaving
// as far as that can be had: it is derived from who made the thing, or the memory that it lies in.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <heddle/core/task_index.hpp>

namespace heddle {

using TaskId = std::uint64_t;  // of a spawn path
using ThingId = std::uint64_t;
inline constexpr ThingId no_thing = 0;

enum class AccessKind : std::uint8_t {
  read,   // learns something of it
  write,  // may change it
  sleep,  // joins those who sleep on it: who came first does not matter, whom to wake is a choice
  knock,  // would have woken a sleeper, and there was none
  await,  // takes note of what it has waited for, and could not have come before
};

/// Does it make a difference which of two accesses to one thing comes first?
constexpr bool conflict(AccessKind one, AccessKind other) {
  return one != other || one == AccessKind::write || one == AccessKind::await;
}

struct Access {
  ThingId thing = no_thing;
  AccessKind kind{};
};

/// Of accesses of different tasks. `no_thing`: a task that begins, or only computes.
constexpr bool conflict(const Access& one, const Access& other) {
  return one.thing != no_thing && one.thing == other.thing && conflict(one.kind, other.kind);
}

using StepIndex = std::uint32_t;
inline constexpr StepIndex no_step = UINT32_MAX;

/// What a task did from one point at which another might have run to the next.
struct Step {
  TaskIndex task = no_task;
  std::uint32_t accesses_end = 0;  // of Steps::accesses; they begin where those of the step before end
  StepIndex enabled_by = no_step;  // the step that made the task, or woke it, since its last
  bool is_after_all = false;       // nobody could run, and time went on for it
};

struct Steps {
  std::vector<Step> rows;
  std::vector<Access> accesses;
  std::span<const Access> accesses_of(StepIndex step) const {
    const std::uint32_t begin = step == 0 ? 0 : rows[step - 1].accesses_end;
    return std::span(accesses).subspan(begin, rows[step].accesses_end - begin);
  }
};

}  // namespace heddle
