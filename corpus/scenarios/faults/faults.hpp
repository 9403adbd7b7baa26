// The fault scenarios: what a program sees when the machine kills one of its processes, once, at any call.
// Correct ones end well whatever is killed; the others rely on somebody who may die. Each function is
// defined in the file of its name and gives one row.
#pragma once

#include <heddle/core/scenario.hpp>

namespace heddle::faults {

Scenario lock_killed();
Scenario lock_robust_killed();
Scenario queue_killed();
Scenario queue_killed_looked_after();
Scenario manager_killed();
Scenario pool_killed();

}  // namespace heddle::faults
