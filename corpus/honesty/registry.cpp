// The table of programs, made when first asked for.
#include <array>
#include <honesty/programs.hpp>
#include <honesty/registry.hpp>

namespace heddle::honesty {

std::span<const HonestyProgram> programs() {
  static const std::array table{
      values_seen_while_counting(),
      values_store_and_addition(),
      values_lost_updates(),
      locks_order_of_three(),
      locks_try_while_held(),
      locks_wait_in_time(),
      semaphores_one_permit_three_takers(),
      semaphores_taken_while_released(),
      semaphores_wait_in_time(),
      conditions_notified_in_time(),
      conditions_one_notification_two_waiters(),
      conditions_first_and_last_signature(),
      queues_two_producers(),
      queues_two_attempts(),
      queues_wait_in_time(),
      queues_room_for_one(),
      queues_sizes_while_putting(),
      joinable_queues_who_does_what(),
      joinable_queues_after_the_last(),
      pipes_two_senders(),
      pipes_message_and_end(),
      pipes_poll_in_time(),
      pipes_crossing_messages(),
      listeners_two_callers(),
      listeners_gone_early(),
      listeners_closed_while_called(),
      listeners_sends_to_one_who_leaves(),
      listeners_right_and_wrong_key(),
      dicts_lost_update(),
      dicts_last_signature(),
      dicts_size_while_filled(),
      managers_interleaved_appends(),
      managers_get_in_time(),
      managers_order_at_a_lock(),
      managers_killed_while_setting(),
      managers_event_in_time(),
      endings_alive_or_ended(),
      endings_terminated_while_counting(),
      endings_killed_while_holding(),
      endings_joined_in_time(),
      pools_ready_when_asked(),
      pools_order_of_completion(),
      pools_what_a_dead_worker_had(),
      pools_done_before_the_end(),
      pools_callback_and_main(),
      threads_order_of_threads(),
      threads_order_of_sleepers(),
      threads_permits_between_threads(),
      threads_order_of_puts(),
  };
  return table;
}

}  // namespace heddle::honesty
