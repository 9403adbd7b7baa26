// The table of scenarios. It is made when first asked for and not before main: nothing registers itself.
#include <array>
#include <scenarios/registry.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle {

std::span<const Scenario> scenarios() {
  static const std::array table{
      tutorial::queue_basics(),
      tutorial::ten_in_ten_out(),
      tutorial::three_in_three_out(),
      tutorial::sentinels_enough(),
      tutorial::sentinels_short(),
      tutorial::joinable_daemons(),
      tutorial::joinable_extra_done(),
      tutorial::joinable_missing_done(),
      tutorial::managed_types(),
      tutorial::manager_locked(),
      tutorial::manager_unlocked_dec(),
      tutorial::manager_unlocked_get(),
      tutorial::bounded_producer_consumer(),
      tutorial::pipe_sentinel(),
      tutorial::pipe_eof(),
      tutorial::pipe_eof_held_open(),
      tutorial::pipe_two_readers_locked(),
      tutorial::pipe_two_readers(),
      tutorial::value_locked(),
      tutorial::value_unlocked(),
      tutorial::process_target(),
      tutorial::process_subclass(),
      tutorial::process_many(),
      tutorial::daemon_cut_off(),
      tutorial::daemon_with_children(),
      tutorial::terminate_holding_lock(),
      tutorial::lock_two_by_two(),
      tutorial::threads_basics(),
      tutorial::empty_then_get(),
      tutorial::empty_then_get_overlapping(),
      tutorial::qsize_then_get(),
      tutorial::join_before_drain(),
      tutorial::value_array_locked(),
      tutorial::echo_server_processes(),
      tutorial::echo_server_pool(),
      tutorial::echo_server_threads(),
      tutorial::auth(),
      tutorial::pool_apply(),
      tutorial::pool_apply_async(),
      tutorial::pool_map(),
      tutorial::pool_map_two_functions(),
      tutorial::pool_mixed_arguments(),
      tutorial::pool_callback(),
      tutorial::pool_async_unread(),
      tutorial::pool_join_first(),
      tutorial::callback_pages(),
  };
  return table;
}

}  // namespace heddle
