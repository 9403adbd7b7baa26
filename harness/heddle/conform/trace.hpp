// What happened in a case, as values: the calls in the order in which they were issued, and what came of
// each.
#pragma once

#include <cstdint>
#include <string>

namespace heddle::conform {

struct Exchange {
  enum class State : std::uint8_t { pending, returned, raised, gone };
  std::string process = {};
  std::string call = {};  // "queue.put(1)"
  int line = 0;           // of the program; 0: none of its own
  State state = State::pending;
  std::string result = {};       // "None", "raises Full"
  std::uint64_t came_after = 0;  // how many calls had been issued when it came; 0: it has not
  double seconds = 0;            // as the adapter measured it
  friend bool operator==(const Exchange&, const Exchange&) = default;
};

}  // namespace heddle::conform
