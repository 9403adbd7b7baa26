// What oracles are told, in the order in which it happens. An event is small and lives for the call; what
// it refers to stands in the Situation. A world emits only the kinds somebody asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <heddle/core/situation.hpp>

namespace heddle {

enum class EventKind : std::uint8_t {
  operation_begun,
  operation_ended,
  accessed,    // operation touched part of object: access, text = the value, number = bytes if that matters
  misused,     // the primitive rejects: rule, text = its own words
  counted,     // a fact in numbers: text names it, number
  bytes_read,  // object = connection end; number = stream offset, part = how many
  bytes_written,  // object = connection end; part = how many
  task_blocked,   // the task waits, see its row
  task_ended,
  process_ended,
  claim_dropped,  // a process gave a handle or descriptor of object up
  failed,         // an assertion of the program's own; text = its words
  broken,         // an invariant of the program's own does not hold; text = its name, number = a Breach
  still_hot,      // a hot state was not left; text = its name, task entered it, part = in which step,
                  // number = 1: no more steps will be taken, 0: the execution is over
  stuck,          // nobody can run and nobody ever will
  ended,          // the execution is over
  long_run,  // many steps have been taken; told again when they have doubled. number = 1: no more will be
};

inline constexpr std::size_t event_kinds = static_cast<std::size_t>(EventKind::long_run) + 1;

using EventMask = std::uint32_t;
constexpr EventMask mask_of(EventKind kind) { return EventMask{1} << static_cast<unsigned>(kind); }

/// How an invariant is broken.
enum class Breach : std::uint8_t {
  since_declared,  // it never held
  after_step,      // it held when it was looked at before
  refused,         // looking at it would do more than look: rule = what it called
  raised,          // looking at it threw; rule = the exception
};

struct Event {
  EventKind kind{};
  TaskIndex task = no_task;  // on whose behalf: a server's access is its client's
  ObjectIndex object = none;
  OperationIndex operation = none;
  mp::Access access{};
  std::uint64_t part = 0;
  std::int64_t number = 0;
  std::string_view text = {};
  std::string_view rule = {};
  mp::Location where{};
};

}  // namespace heddle
