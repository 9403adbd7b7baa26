// Misuse of shared state, section "Shared state" of the catalogue: for each rule three programs with the
// mistake, "misuse/<rule>-<n>", each followed by the same program without it, "misuse/<rule>-<n>-fixed". Each
// function is defined in the file of its name.
#pragma once

#include <heddle/core/scenario.hpp>
#include <vector>

namespace heddle::misuse {

std::vector<Scenario> unlocked_manager_update();
std::vector<Scenario> unlocked_shared_value();
std::vector<Scenario> shared_memory_race();
std::vector<Scenario> torn_slice();
std::vector<Scenario> manager_use_after_shutdown();

}  // namespace heddle::misuse
