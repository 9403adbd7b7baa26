// What made operations possible: the promises that the program clock knows, as pairs of operations.
#pragma once

#include <vector>

#include <heddle/story/selection.hpp>

namespace heddle::story {

/// Between operations of different lanes, in the order of the later ones' ends.
std::vector<Arrow> arrows_of(const Situation& situation, const Selection& selection);

}  // namespace heddle::story
