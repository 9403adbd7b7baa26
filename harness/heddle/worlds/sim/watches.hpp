// What the tasks of an execution say of their state (core/session.hpp), as rows that keep their storage: a
// task that is killed does not come back to take back what it said, and its stack is another's by then.
#pragma once

#include <string>

#include <heddle/core/session.hpp>
#include <heddle/core/situation.hpp>

namespace heddle::sim {

struct Watch {
  std::string name;
  mp::Location where = {};
  bool (*holds)(const void* of) = nullptr;  // null: a hot state
  const void* of = nullptr;
  TaskIndex task = no_task;         // who said so
  OperationIndex operation = none;  // its latest then
  std::uint64_t step = 0;
  bool is_live = true;
  bool has_held = false;  // when it was looked at
  void reset() {
    name.clear();
    *this = Watch{.name = std::move(name)};
  }
};

class Watches {
 public:
  void begin();
  WatchId add(const Statement& statement, TaskIndex task, OperationIndex latest, std::uint64_t step);
  /// Nothing of an id that is not, or no longer, watched.
  void remove(WatchId watch);
  /// Nobody can look any more at what it said; that it is in a hot state stays so.
  void task_gone(TaskIndex task);

  /// How many can be looked at.
  std::size_t count() const { return count_; }
  Table<Watch>& all() { return all_; }

 private:
  void let_go(Watch& watch);

  Table<Watch> all_;
  std::size_t count_ = 0;
};

}  // namespace heddle::sim
