// The parts of the misuse corpus, one call for each rule, in the order of the catalogue.
#include <scenarios/misuse/misuse.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <scenarios/misuse/misuse_locks.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <scenarios/misuse/misuse_state.hpp>

namespace heddle {
namespace {

using Part = std::vector<Scenario> (*)();

constexpr Part parts[] = {
    &misuse::task_done_overflow,
    &misuse::task_done_missing,
    &misuse::join_before_drain,
    &misuse::queue_use_after_close,
    &misuse::queue_items_lost,
    &misuse::queue_slot_leaked,
    &misuse::queue_holder_killed,
    &misuse::sentinel_shortage,
    &misuse::stale_queue_check,
    &misuse::queue_order_assumed,
    &misuse::pipe_multi_reader,
    &misuse::pipe_multi_writer,
    &misuse::pipe_end_left_open,
    &misuse::pipe_peer_closed,
    &misuse::pipe_use_after_close,
    &misuse::pipe_wrong_direction,
    &misuse::pipe_both_sending,
    &misuse::pipe_message_too_long,
    &misuse::connection_refused_key,
    &misuse::deadlock,
    &misuse::lock_order_inversion,
    &misuse::lock_self_deadlock,
    &misuse::lock_orphaned,
    &misuse::lock_over_release,
    &misuse::lock_foreign_release,
    &misuse::rlock_foreign_release,
    &misuse::semaphore_over_release,
    &misuse::lock_held_at_exit,
    &misuse::lock_held_while_blocking,
    &misuse::condition_without_lock,
    &misuse::condition_not_in_loop,
    &misuse::lost_wakeup,
    &misuse::notify_dead_waiter,
    &misuse::event_pulse_missed,
    &misuse::barrier_short,
    &misuse::barrier_broken,
    &misuse::unlocked_manager_update,
    &misuse::unlocked_shared_value,
    &misuse::shared_memory_race,
    &misuse::torn_slice,
    &misuse::manager_use_after_shutdown,
    &misuse::process_start_twice,
    &misuse::join_before_start,
    &misuse::join_foreign_process,
    &misuse::daemon_after_start,
    &misuse::daemon_with_children,
    &misuse::terminated_mid_operation,
    &misuse::daemon_work_lost,
    &misuse::pool_join_before_close,
    &misuse::pool_use_after_close,
    &misuse::pool_result_unread,
    &misuse::pool_callback_raised,
    &misuse::pool_callback_blocks,
    &misuse::pool_worker_lost,
    &misuse::pool_not_closed,
    &misuse::sleep_as_synchronisation,
    &misuse::resource_leak,
    &misuse::crash,
    &misuse::assertion,
    &misuse::not_linearizable,
    &misuse::livelock,
    &misuse::vacuous,
};

}  // namespace

std::vector<Scenario> misuse_scenarios() {
  std::vector<Scenario> all;
  for (const Part part : parts) {
    const std::vector<Scenario> rows = part();
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

}  // namespace heddle
