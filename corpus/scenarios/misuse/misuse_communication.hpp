// What programs do wrong with queues, pipes and connections: each function is defined in the file of its name
// and gives the six rows of its rule (misuse.hpp).
#pragma once

#include <heddle/core/scenario.hpp>
#include <vector>

namespace heddle::misuse {

std::vector<Scenario> task_done_overflow();
std::vector<Scenario> pipe_end_left_open();

}  // namespace heddle::misuse
