// Was shared data touched without a lock of its own? Raw storage promises nothing to a second task; a Value
// or an Array that is reached through its lock makes single accesses atomic, and has other mistakes made with
// it.
#pragma once

#include <heddle/core/event.hpp>

namespace heddle {

/// Is it data that lies in shared memory, raw or not?
inline bool is_shared_data(mp::ObjectKind kind) {
  return kind == mp::ObjectKind::value || kind == mp::ObjectKind::array ||
         kind == mp::ObjectKind::shared_memory;
}

/// Of an `accessed` event. What an operation on a Value or Array takes inside is related to it.
inline bool is_raw_access(const Situation& situation, const Event& event) {
  const mp::ObjectKind kind = situation.objects[event.object].kind;
  if (kind == mp::ObjectKind::shared_memory) return true;
  return is_shared_data(kind) && situation.operations[event.operation].related == none;
}

}  // namespace heddle
