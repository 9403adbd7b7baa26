// What belongs to the story of a rejected call besides the call itself: who closed the thing, who holds it,
// who took and gave it how often. Read from the history once something is wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/situation.hpp>

namespace heddle {

struct Circumstances {
  std::string words = {};                   // "; main/closer had called jobs.close() in step 12", or empty
  std::vector<OperationIndex> others = {};  // the operations of other parties
};

/// Empty for a rule of which the history tells nothing more.
Circumstances circumstances_of(const Situation& situation, std::string_view rule, OperationIndex call);

}  // namespace heddle
