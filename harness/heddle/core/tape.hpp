// A tape lists only deviations from the default run (DESIGN §1). Each entry says: when this task comes to
// its own n-th choice of this kind, answer so. Tasks are named by label (their spawn path), never by an
// index into what happens to be enabled, so an entry stays valid when unrelated code changes, and
// deleting an entry is shrinking.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <heddle/core/choice.hpp>

namespace heddle {

struct TapeEntry {
  std::string task = {};  // the label of the task that comes to the choice
  ChoiceKind kind{};
  std::uint32_t ordinal = 0;
  std::string chosen = {};   // kind task, wake and timer: the label of the task picked
  std::uint32_t answer = 0;  // the other kinds: the answer itself
  friend bool operator==(const TapeEntry&, const TapeEntry&) = default;
};

struct Tape {
  std::vector<TapeEntry> entries;  // in the order in which the recorded execution came to them
  friend bool operator==(const Tape&, const Tape&) = default;
};

}  // namespace heddle
