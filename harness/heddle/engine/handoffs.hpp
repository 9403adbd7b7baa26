// What of an interleaving a fuzzer is told as coverage: of each object, which task's operation came after
// which other task's, as a number. Only hand-overs between two tasks count; what one task does in a row, and
// the order of what touches different objects, makes no difference. So the numbers are as few as the ways in
// which tasks can meet, and not as many as there are interleavings.
//
// An object and a task have the same number in every execution, as far as that can be had (access.hpp).
#pragma once

#include <cstdint>
#include <span>

#include <heddle/core/situation.hpp>

namespace heddle {

/// Raises one of the counters for each hand-over of an execution that is over, never beyond 255. Counters
/// stand for several hand-overs if there are more of these. Which counter it is depends on the object, the
/// two tasks and what each of them did. Nothing is allocated once there were as many objects before.
class Handoffs {
 public:
  void count(const Situation& situation, std::span<std::uint8_t> counters);

 private:
  std::vector<OperationIndex> latest_;     // by ObjectIndex: the operation begun last; none: none
  std::vector<std::uint64_t> task_paths_;  // by TaskIndex: a hash of its spawn path
};

}  // namespace heddle
