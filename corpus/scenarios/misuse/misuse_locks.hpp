// What programs do wrong with locks, semaphores, conditions, events and barriers: each function is defined in
// the file of its name and gives the six rows of its rule (misuse.hpp).
#pragma once

#include <heddle/core/scenario.hpp>
#include <vector>

namespace heddle::misuse {

std::vector<Scenario> deadlock();
std::vector<Scenario> lock_order_inversion();
std::vector<Scenario> lock_self_deadlock();
std::vector<Scenario> lock_orphaned();
std::vector<Scenario> lock_over_release();
std::vector<Scenario> lock_foreign_release();
std::vector<Scenario> rlock_foreign_release();
std::vector<Scenario> semaphore_over_release();
std::vector<Scenario> lock_held_at_exit();
std::vector<Scenario> lock_held_while_blocking();
std::vector<Scenario> condition_without_lock();
std::vector<Scenario> condition_not_in_loop();
std::vector<Scenario> lost_wakeup();
std::vector<Scenario> notify_dead_waiter();
std::vector<Scenario> event_pulse_missed();
std::vector<Scenario> barrier_short();
std::vector<Scenario> barrier_broken();

}  // namespace heddle::misuse
