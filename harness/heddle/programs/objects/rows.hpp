// What the files of kinds offer to the registry, and nobody else needs.
#pragma once

#include <heddle/programs/call.hpp>
#include <heddle/programs/objects/table.hpp>
#include <mp/process/authentication_key.hpp>

namespace heddle::programs {

extern const KindRow queue_kind, joinable_queue_kind, simple_queue_kind;
extern const KindRow lock_kind, rlock_kind, semaphore_kind, bounded_semaphore_kind, condition_kind;
extern const KindRow event_kind, barrier_kind;
extern const KindRow connection_kind, listener_kind, manager_kind;
extern const KindRow value_kind, raw_value_kind, array_kind, raw_array_kind, data_lock_kind;
extern const KindRow shared_memory_kind, shareable_list_kind;
extern const KindRow current_process_kind, parent_process_kind;
extern const KindRow pool_kind, thread_pool_kind, async_result_kind, imap_iterator_kind;
extern const KindRow function_rows, process_rows, thread_rows;

extern const MakerRow queue_maker, joinable_queue_maker, simple_queue_maker;
extern const MakerRow lock_maker, rlock_maker, semaphore_maker, bounded_semaphore_maker, condition_maker;
extern const MakerRow pool_maker, pool_apply_async, pool_map_async, pool_starmap_async, pool_imap,
    pool_imap_unordered;
extern const MakerRow thread_pool_maker, thread_pool_apply_async, thread_pool_map_async,
    thread_pool_starmap_async, thread_pool_imap, thread_pool_imap_unordered;
extern const MakerRow event_maker, barrier_maker;
extern const MakerRow pipe_maker, listener_maker, accept_maker, client_maker, manager_maker;
extern const MakerRow dict_maker, list_maker, namespace_maker, managed_value_maker, managed_array_maker;
extern const MakerRow managed_lock_maker, managed_rlock_maker, managed_semaphore_maker;
extern const MakerRow managed_bounded_semaphore_maker, managed_condition_maker, managed_event_maker;
extern const MakerRow managed_barrier_maker, managed_queue_maker, managed_joinable_queue_maker;
extern const MakerRow managed_pool_maker, managed_pool_apply_async, managed_pool_map_async;
extern const MakerRow managed_pool_starmap_async, managed_pool_imap, managed_pool_imap_unordered;
extern const MakerRow value_maker, raw_value_maker, value_lock_maker, value_object_maker;
extern const MakerRow array_maker, raw_array_maker, array_lock_maker, array_object_maker;
extern const MakerRow shared_memory_maker, shared_memory_loader;
extern const MakerRow shareable_list_maker, shareable_list_loader;
extern const MakerRow current_process_maker, parent_process_maker;

template <class T>
std::shared_ptr<Object> hold(T handle) {
  return std::make_shared<Held<T>>(std::move(handle));
}

template <class T>
std::shared_ptr<Object> decode_handle(mp::Decoder& decoder) {
  return hold(T::decode(decoder));
}

inline Payload payload_of(mp::ProcessId pid) { return payload_of(static_cast<std::int64_t>(pid)); }
inline Payload payload_of_key(const mp::AuthenticationKey& key) {
  return payload_of(mp::Bytes(key.bytes().begin(), key.bytes().end()));
}

// Parameters that many operations have.
inline constexpr Parameter key_parameters[] = {{"key", ParameterKind::bytes}};
inline constexpr Parameter pickle_parameters[] = {{"data", ParameterKind::bytes}};
inline constexpr Parameter timeout_parameters[] = {{"timeout", ParameterKind::seconds, true}};
inline constexpr Parameter acquire_parameters[] = {{"block", ParameterKind::flag, true},
                                                   {"timeout", ParameterKind::seconds, true}};
inline constexpr Parameter position_parameters[] = {{"position", ParameterKind::integer}};
inline constexpr Parameter item_parameters[] = {{"position", ParameterKind::integer}, {"value"}};
inline constexpr Parameter slice_write_parameters[] = {{"start", ParameterKind::integer},
                                                       {"stop", ParameterKind::integer},
                                                       {"step", ParameterKind::integer},
                                                       {"value"}};
inline constexpr auto slice_parameters = std::span(slice_write_parameters).first<3>();

}  // namespace heddle::programs
