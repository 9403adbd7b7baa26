// The programs of the honesty check by name, one function each, in the files named like their first word.
#pragma once

#include <honesty/program.hpp>

namespace heddle::honesty {

HonestyProgram values_seen_while_counting();
HonestyProgram values_store_and_addition();
HonestyProgram values_lost_updates();

HonestyProgram locks_order_of_three();
HonestyProgram locks_try_while_held();
HonestyProgram locks_wait_in_time();

HonestyProgram semaphores_one_permit_three_takers();
HonestyProgram semaphores_taken_while_released();
HonestyProgram semaphores_wait_in_time();

HonestyProgram conditions_notified_in_time();
HonestyProgram conditions_one_notification_two_waiters();
HonestyProgram conditions_first_and_last_signature();

HonestyProgram queues_two_producers();
HonestyProgram queues_two_attempts();
HonestyProgram queues_wait_in_time();
HonestyProgram queues_room_for_one();
HonestyProgram queues_sizes_while_putting();

HonestyProgram joinable_queues_who_does_what();
HonestyProgram joinable_queues_after_the_last();

HonestyProgram pipes_two_senders();
HonestyProgram pipes_message_and_end();
HonestyProgram pipes_poll_in_time();
HonestyProgram pipes_crossing_messages();

HonestyProgram listeners_two_callers();
HonestyProgram listeners_gone_early();
HonestyProgram listeners_closed_while_called();
HonestyProgram listeners_sends_to_one_who_leaves();
HonestyProgram listeners_right_and_wrong_key();

HonestyProgram dicts_lost_update();
HonestyProgram dicts_last_signature();
HonestyProgram dicts_size_while_filled();

HonestyProgram managers_interleaved_appends();
HonestyProgram managers_get_in_time();
HonestyProgram managers_order_at_a_lock();
HonestyProgram managers_killed_while_setting();
HonestyProgram managers_event_in_time();

HonestyProgram endings_alive_or_ended();
HonestyProgram endings_terminated_while_counting();
HonestyProgram endings_killed_while_holding();
HonestyProgram endings_joined_in_time();

HonestyProgram pools_ready_when_asked();
HonestyProgram pools_order_of_completion();
HonestyProgram pools_what_a_dead_worker_had();
HonestyProgram pools_done_before_the_end();
HonestyProgram pools_callback_and_main();

HonestyProgram threads_order_of_threads();
HonestyProgram threads_order_of_sleepers();
HonestyProgram threads_permits_between_threads();
HonestyProgram threads_order_of_puts();

}  // namespace heddle::honesty
