// An oracle watches one execution after another and says what is wrong. It never influences what happens;
// what it may read is the event, the situation, and what it remembers since begin().
#pragma once

#include <heddle/core/event.hpp>
#include <heddle/core/finding.hpp>

namespace heddle {

class Oracle {
 public:
  virtual ~Oracle() = default;
  /// Which events to be shown; asked once.
  virtual EventMask interests() const = 0;
  /// A new execution starts: forget everything.
  virtual void begin() = 0;
  virtual void observe(const Event& event, const Situation& situation, Findings& findings) = 0;
};

}  // namespace heddle
