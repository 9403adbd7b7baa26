// Races on shared data: two tasks touch the same bytes of a RawValue, a RawArray or a SharedMemory, or one of
// them touches a Value or an Array past its lock; one of them stores, and nothing the program did orders the
// two. Order is also that one goes through the data's lock and the other holds it. One such pair is a
// prediction. Damage is seen when a task stores over what another has stored since
// the task read it: that update is gone.
//
// Per task and range only the latest load and the latest store are kept: who knows a task's latest knows its
// earlier ones.
#pragma once

#include <cstdint>
#include <vector>

#include <heddle/core/event.hpp>
#include <heddle/core/finding.hpp>

namespace heddle::race {

class StorageRaces {
 public:
  void begin() { objects_.clear(); }
  /// An `accessed` event of shared data.
  void observe(const Event& event, const Situation& situation, Findings& findings);

 private:
  struct Touch {
    std::uint64_t begin = 0;  // the parts [begin, end)
    std::uint64_t end = 0;
    TaskIndex task = no_task;
    OperationIndex operation = none;
    Epoch when = {};
    std::uint64_t sequence = 0;  // in real order
    bool is_store = false;
    bool is_raw = false;
  };
  struct Object {
    ObjectIndex object = none;
    std::uint64_t longest = 1;   // of its touches
    std::vector<Touch> touches;  // by begin
  };

  Object& object_of(ObjectIndex object);
  static bool are_in_conflict(const Situation& situation, const Touch& one, const Touch& other);
  static void remember(Object& object, const Touch& touch);
  template <class Visit>
  static void visit_overlapping(const Object& object, const Touch& touch, Visit visit);

  std::vector<Object> objects_;
  std::uint64_t sequence_ = 0;
};

}  // namespace heddle::race
