// The tables. A new primitive is one row here and one file beside this one.
#include <algorithm>
#include <array>

#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/objects/rows.hpp>

namespace heddle::programs {
namespace {

constexpr std::array maker_rows{&queue_maker,
                                &joinable_queue_maker,
                                &simple_queue_maker,
                                &bounded_semaphore_maker,
                                &event_maker,
                                &barrier_maker,
                                &lock_maker,
                                &rlock_maker,
                                &semaphore_maker,
                                &condition_maker,
                                &pipe_maker,
                                &listener_maker,
                                &accept_maker,
                                &client_maker,
                                &manager_maker,
                                &dict_maker,
                                &list_maker,
                                &namespace_maker,
                                &managed_value_maker,
                                &managed_array_maker,
                                &managed_lock_maker,
                                &managed_rlock_maker,
                                &managed_semaphore_maker,
                                &managed_bounded_semaphore_maker,
                                &managed_condition_maker,
                                &managed_event_maker,
                                &managed_barrier_maker,
                                &managed_queue_maker,
                                &managed_joinable_queue_maker,
                                &managed_pool_maker,
                                &managed_pool_apply_async,
                                &managed_pool_map_async,
                                &managed_pool_starmap_async,
                                &managed_pool_imap,
                                &managed_pool_imap_unordered,
                                &value_maker,
                                &raw_value_maker,
                                &value_lock_maker,
                                &value_object_maker,
                                &array_maker,
                                &raw_array_maker,
                                &array_lock_maker,
                                &array_object_maker,
                                &shared_memory_maker,
                                &shared_memory_loader,
                                &shareable_list_maker,
                                &shareable_list_loader,
                                &pool_maker,
                                &thread_pool_maker,
                                &pool_apply_async,
                                &pool_map_async,
                                &pool_starmap_async,
                                &pool_imap,
                                &pool_imap_unordered,
                                &thread_pool_apply_async,
                                &thread_pool_map_async,
                                &thread_pool_starmap_async,
                                &thread_pool_imap,
                                &thread_pool_imap_unordered,
                                &current_process_maker,
                                &parent_process_maker};

}  // namespace

std::span<const MakerRow* const> makers() { return maker_rows; }

const MakerRow* find_maker(std::string_view name, std::string_view made_by) {
  const auto* const found = std::ranges::find_if(
      maker_rows, [&](const MakerRow* row) { return row->name == name && row->made_by == made_by; });
  return found == maker_rows.end() ? nullptr : *found;
}

const KindRow& functions() { return function_rows; }
const KindRow& process_kind() { return process_rows; }
const KindRow& thread_kind() { return thread_rows; }
const KindRow& result_kind() { return connection_kind; }

}  // namespace heddle::programs
