// What objects were like step by step, and for how long locks were held.
#pragma once

#include <vector>

#include <heddle/story/selection.hpp>

namespace heddle::story {

struct States {
  std::vector<Change> changes;  // by step
  std::vector<Hold> holds;      // of lanes that the selection has, by their beginnings
};

States states_of(const Situation& situation, const Selection& selection, std::uint64_t end);

}  // namespace heddle::story
