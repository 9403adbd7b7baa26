// Two locks that two tasks take in opposite orders. Had each taken its first before the other its second,
// both would wait for ever. None: where a third lock keeps the two apart, held by both all the while; where
// one task has taken its second lock before the other asks for its second, by more than the order of locks;
// and where one of them gives up in time.
#pragma once

#include <vector>

#include <heddle/core/finding.hpp>
#include <heddle/core/situation.hpp>

namespace heddle::lock_order {

class Inversions {
 public:
  void begin();
  /// A task has taken a lock.
  void taken(ObjectIndex lock, OperationIndex taking, const Situation& situation);
  void conclude(const Situation& situation, Findings& findings) const;

 private:
  /// One lock taken while another was held. Of each task the latest that has the same gates.
  struct Step {
    TaskIndex task = no_task;
    ObjectIndex outer = none;
    ObjectIndex inner = none;
    OperationIndex outer_taking = none;
    OperationIndex inner_taking = none;
    Epoch when = {};
    std::vector<ObjectIndex> gates = {};  // what else was held
    void reset() {
      gates.clear();
      *this = Step{.gates = std::move(gates)};
    }
  };
  /// Two steps that may overlap, as they were when the second was made.
  struct Pair {
    OperationIndex outer_first = none;
    OperationIndex inner_first = none;
    OperationIndex outer_second = none;
    OperationIndex inner_second = none;
  };

  void meet_others(const Situation& situation);
  void remember();

  Step made_;  // the latest
  Table<Step> steps_;
  std::vector<Pair> pairs_;
};

}  // namespace heddle::lock_order
