// The tutorial scenarios: small programs that people write when they learn multiprocessing, correct ones
// and ones with the usual mistake. Each function is defined in the file of its name and gives one row.
//
// They read like their Python originals and use nothing but what their functions are passed: simulated
// processes share one address space, so a global would be seen by all of them.
#pragma once

#include <heddle/core/scenario.hpp>

namespace heddle::tutorial {

Scenario queue_basics();
Scenario ten_in_ten_out();
Scenario three_in_three_out();
Scenario sentinels_enough();
Scenario sentinels_short();
Scenario joinable_daemons();
Scenario joinable_extra_done();
Scenario joinable_missing_done();
Scenario managed_types();
Scenario manager_locked();
Scenario manager_unlocked_dec();
Scenario manager_unlocked_get();
Scenario bounded_producer_consumer();
Scenario pipe_sentinel();
Scenario pipe_eof();
Scenario pipe_eof_held_open();
Scenario pipe_two_readers_locked();
Scenario pipe_two_readers();
Scenario echo_server_processes();
Scenario echo_server_pool();
Scenario echo_server_threads();
Scenario auth();
Scenario lock_two_by_two();
Scenario value_locked();
Scenario value_array_locked();
Scenario value_unlocked();
Scenario process_target();
Scenario process_subclass();
Scenario process_many();
Scenario daemon_cut_off();
Scenario daemon_with_children();
Scenario threads_basics();
Scenario terminate_holding_lock();
Scenario empty_then_get();
Scenario empty_then_get_overlapping();
Scenario qsize_then_get();
Scenario join_before_drain();
Scenario pool_apply();
Scenario pool_apply_async();
Scenario pool_map();
Scenario pool_map_two_functions();
Scenario pool_mixed_arguments();
Scenario pool_callback();
Scenario pool_async_unread();
Scenario pool_join_first();
Scenario callback_pages();

}  // namespace heddle::tutorial
