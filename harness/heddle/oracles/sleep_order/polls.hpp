// Which looks are polling: made again and again by one task, at one place of the program, at one thing that
// the task has not changed in between. Kept once per such look, so that an execution may be long.
#pragma once

#include <vector>

#include <heddle/core/situation.hpp>

namespace heddle::sleep_order {

class Polls {
 public:
  void begin() { looks_.clear(); }
  void looked(const OperationRow& row);
  void changed(const OperationRow& row);
  bool is_polled(const OperationRow& row) const;

  /// Calls visit(location) for each place of the program where somebody polls.
  template <class Visit>
  void visit(Visit visit) const {
    for (const Look& each : looks_)
      if (each.is_repeated) visit(each.where);
  }

 private:
  struct Look {
    TaskIndex task = no_task;
    ObjectIndex object = none;
    std::uint64_t part = 0;
    mp::Verb verb{};
    mp::Location where = {};
    bool is_fresh = true;  // the task has not changed the object since
    bool is_repeated = false;
    bool is_of(const OperationRow& row) const;
  };

  std::vector<Look> looks_;
};

}  // namespace heddle::sleep_order
