// What programs do wrong with queues, pipes and connections: each function is defined in the file of its name
// and gives the six rows of its rule (misuse.hpp).
#pragma once

#include <heddle/core/scenario.hpp>
#include <vector>

namespace heddle::misuse {

std::vector<Scenario> task_done_overflow();
std::vector<Scenario> task_done_missing();
std::vector<Scenario> join_before_drain();
std::vector<Scenario> queue_use_after_close();
std::vector<Scenario> queue_items_lost();
std::vector<Scenario> queue_slot_leaked();
std::vector<Scenario> queue_holder_killed();
std::vector<Scenario> sentinel_shortage();
std::vector<Scenario> stale_queue_check();
std::vector<Scenario> queue_order_assumed();
std::vector<Scenario> pipe_multi_reader();
std::vector<Scenario> pipe_multi_writer();
std::vector<Scenario> pipe_end_left_open();
std::vector<Scenario> pipe_peer_closed();
std::vector<Scenario> pipe_use_after_close();
std::vector<Scenario> pipe_wrong_direction();
std::vector<Scenario> pipe_both_sending();
std::vector<Scenario> pipe_message_too_long();
std::vector<Scenario> connection_refused_key();

}  // namespace heddle::misuse
