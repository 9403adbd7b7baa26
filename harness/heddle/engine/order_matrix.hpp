// Which orders of operations were seen (core/orders.hpp), gathered from the operations of one execution after
// another. An object is known again by its id. Allocates when an object, or one more in an execution, is new;
// beyond `objects_max` objects it takes in no new ones and says so.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <heddle/core/orders.hpp>
#include <heddle/core/situation.hpp>

namespace heddle {

class OrderMatrix {
 public:
  static constexpr std::size_t objects_max = 1'000;

  /// An execution that is over.
  void take_in(const Situation& situation);

  /// Objects in the order in which they were first used by two tasks; without those that never were.
  std::vector<ObjectOrders> orders() const;
  /// Objects were left out.
  bool is_full() const { return is_full_; }
  /// Two tasks of the program, or more, were seen to use objects, but never the same.
  bool never_met() const { return rows_.empty() && !is_full_ && had_several_; }

 private:
  using Verbs = std::uint64_t;  // a set of them
  static constexpr std::size_t verbs_max = 64;
  static constexpr std::size_t no_row = SIZE_MAX;

  struct Row {
    ThingId id = no_thing;
    mp::ObjectKind kind{};
    std::string name;
    std::array<Verbs, verbs_max> before{};  // by the first verb: the second ones, if another
    Verbs earlier_first = 0;                // of the same verb twice: by the task born earlier first
    Verbs later_first = 0;
  };
  /// What was done with an object so far in this execution.
  struct Past {
    Verbs verbs = 0;
    TaskIndex task = no_task;                     // meaningful if verbs; no_task: several
    std::array<TaskIndex, verbs_max> earliest{};  // of the tasks that did this, by birth
    std::array<TaskIndex, verbs_max> latest{};
    std::size_t row = no_row;  // may be from another execution
  };

  void note(const OperationRow& operation, const Situation& situation);
  static void meet(const OperationRow& operation, const Past& past, Row& row);
  static void remember(const OperationRow& operation, Past& past);
  Row* row_of(ObjectIndex object, const Situation& situation);

  std::vector<Row> rows_;
  std::vector<Past> pasts_;   // by ObjectIndex
  TaskIndex sole_ = no_task;  // the task that used objects in this execution, as long as it is one
  bool had_several_ = false;
  bool is_full_ = false;
};

}  // namespace heddle
