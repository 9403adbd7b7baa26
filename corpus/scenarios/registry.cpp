// The table of scenarios. It is made when first asked for and not before main: nothing registers itself.
#include <scenarios/classic/classic.hpp>
#include <scenarios/faults/faults.hpp>
#include <scenarios/misuse/misuse.hpp>
#include <scenarios/proofs/proofs.hpp>
#include <scenarios/registry.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <vector>

namespace heddle {
namespace {

std::vector<Scenario> proof_scenarios() {
  return {
      proofs::manager_locked_2(),
      proofs::value_array_locked_2(),
      proofs::value_array_locked_3(),
      proofs::pipe_two_readers_locked_2(),
      proofs::pipe_two_readers_locked_3(),
      proofs::lock(),
      proofs::semaphore(),
      proofs::pipe(),
      proofs::value(),
  };
}

std::vector<Scenario> tutorial_scenarios() {
  return {
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
}

std::vector<Scenario> classic_scenarios() {
  return {
      classic::lost_update(),
      classic::abba(),
      classic::philosophers_3(),
      classic::philosophers_4(),
      classic::philosophers_5(),
      classic::bounded_buffer(),
      classic::lost_wakeup(),
      classic::reorder_3(),
      classic::reorder_4(),
      classic::reorder_5(),
      classic::reorder_10(),
      classic::reorder_20(),
      classic::reorder_50(),
      classic::reorder_100(),
      classic::twostage_1(),
      classic::twostage_20(),
      classic::twostage_50(),
      classic::twostage_100(),
      classic::wronglock(),
      classic::wronglock_3(),
      classic::token_ring(),
      classic::circular_buffer(),
      classic::account(),
      classic::bank(),
      classic::carter(),
      classic::lazy(),
      classic::sigma(),
      classic::sync(),
      classic::sync_2(),
      classic::read_write_lock(),
      classic::stack(),
      classic::queue(),
      classic::bluetooth_driver(),
      classic::aba_stack(),
      classic::work_stealing_queue(),
      classic::safestack(),
  };
}

std::vector<Scenario> fault_scenarios() {
  return {
      faults::lock_killed(),    faults::lock_robust_killed(),        faults::queue_killed(),
      faults::manager_killed(), faults::queue_killed_looked_after(), faults::pool_killed(),
  };
}

std::vector<Scenario> all_scenarios() {
  std::vector<Scenario> all = tutorial_scenarios();
  for (const std::vector<Scenario>& family :
       {proof_scenarios(), classic_scenarios(), fault_scenarios(), misuse_scenarios(), zoo_scenarios()})
    all.insert(all.end(), family.begin(), family.end());
  return all;
}

}  // namespace

std::span<const Scenario> scenarios() {
  static const std::vector<Scenario> table = all_scenarios();
  return table;
}

}  // namespace heddle
