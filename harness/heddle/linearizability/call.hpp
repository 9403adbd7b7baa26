// A call of a history: who asked for what, what came of it, and between which two moments. Moments are
// numbers that grow; only their order counts, and no two are equal.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace heddle::linearizability {

inline constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

enum class Ending : std::uint8_t {
  returned,  // with the result
  failed,    // it said that it has not done it
  open,      // nobody knows: it may have taken effect, at any time since, or not
};

struct Call {
  std::string client = {};                  // a process, as the history names it; it has one call at a time
  std::string operation = {};               // "put"
  std::vector<std::string> arguments = {};  // values as text: what is written alike is equal
  std::string result = {};                  // means something of one that returned
  Ending ending = Ending::returned;
  std::uint64_t begin = 0;    // a moment
  std::uint64_t end = never;  // a moment after begin; never, if open

  friend bool operator==(const Call&, const Call&) = default;
};

}  // namespace heddle::linearizability
