// What programs do wrong with locks, semaphores, conditions, events and barriers: each function is defined in
// the file of its name and gives the six rows of its rule (misuse.hpp).
#pragma once

#include <heddle/core/scenario.hpp>
#include <vector>

namespace heddle::misuse {

std::vector<Scenario> lock_over_release();

}  // namespace heddle::misuse
