// What one object is like, told by the operations on it alone.
#pragma once

#include <string>
#include <vector>

#include <heddle/core/situation.hpp>

namespace heddle::story {

class ObjectState {
 public:
  void begin(const Situation& situation, OperationIndex index);
  void end(const Situation& situation, OperationIndex index);
  /// A Condition's wait gives its lock up, and takes it back.
  void give_up(TaskIndex task);
  void take(TaskIndex task);

  /// "held by worker-1; worker-2 waits", "[1, 2]", "= 3"; empty: nothing is known.
  std::string words(const Situation& situation) const;
  bool is_held_by(TaskIndex task) const;

 private:
  struct Item {
    OperationIndex put = none;
    std::string words;
  };
  mp::ObjectKind kind_{};
  std::vector<Item> items_;         // of a queue; of a connection, messages that nobody has received
  std::vector<TaskIndex> holders_;  // an RLock's holder stands there as often as it has it
  std::vector<TaskIndex> waiting_;  // in an operation that has to wait at some time
  std::string value_;
};

}  // namespace heddle::story
