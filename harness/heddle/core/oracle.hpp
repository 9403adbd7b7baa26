// An oracle watches one execution after another and says what is wrong. It never influences what happens;
// what it may read is the event, the situation, and what it remembers since begin().
#pragma once

#include <heddle/core/event.hpp>
#include <heddle/core/finding.hpp>
#include <heddle/core/object_kinds.hpp>

namespace heddle {

class Oracle {
 public:
  virtual ~Oracle() = default;
  /// Which events to be shown; asked in each execution, and always the same.
  virtual EventMask interests() const = 0;
  /// Of operations' beginnings and ends: on which kinds of object; a sleep is of the kind none. Asked with
  /// interests(). Most operations are of no kind that an oracle cares for, and it is spared them.
  virtual ObjectKinds kinds() const { return ObjectKinds::all(); }
  /// A new execution starts: forget everything.
  virtual void begin() = 0;
  virtual void observe(const Event& event, const Situation& situation, Findings& findings) = 0;
};

}  // namespace heddle
