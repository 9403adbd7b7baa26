// Misuse of processes and pools, and what goes wrong in any program, the last two sections of the catalogue:
// for each rule three programs with the mistake, "misuse/<rule>-<n>", each followed by the same program
// without it, "misuse/<rule>-<n>-fixed". Each function is defined in the file of its name.
#pragma once

#include <heddle/core/scenario.hpp>
#include <vector>

namespace heddle::misuse {

std::vector<Scenario> process_start_twice();
std::vector<Scenario> join_before_start();
std::vector<Scenario> join_foreign_process();
std::vector<Scenario> daemon_after_start();
std::vector<Scenario> daemon_with_children();
std::vector<Scenario> terminated_mid_operation();
std::vector<Scenario> daemon_work_lost();
std::vector<Scenario> pool_join_before_close();
std::vector<Scenario> pool_use_after_close();
std::vector<Scenario> pool_result_unread();
std::vector<Scenario> pool_callback_raised();
std::vector<Scenario> pool_callback_blocks();
std::vector<Scenario> pool_worker_lost();
std::vector<Scenario> pool_not_closed();
std::vector<Scenario> sleep_as_synchronisation();
std::vector<Scenario> resource_leak();

std::vector<Scenario> crash();
std::vector<Scenario> assertion();
std::vector<Scenario> not_linearizable();
std::vector<Scenario> livelock();
std::vector<Scenario> vacuous();

}  // namespace heddle::misuse
