// What the files of kinds offer to the registry, and nobody else needs.
#pragma once

#include <heddle/programs/call.hpp>
#include <heddle/programs/objects/table.hpp>

namespace heddle::programs {

extern const KindRow queue_kind, joinable_queue_kind, simple_queue_kind;
extern const KindRow lock_kind, rlock_kind, semaphore_kind, bounded_semaphore_kind, condition_kind;
extern const KindRow event_kind, barrier_kind;
extern const KindRow connection_kind, value_kind, manager_kind, dict_kind;
extern const KindRow function_rows, process_rows, thread_rows;

extern const MakerRow queue_maker, joinable_queue_maker, simple_queue_maker;
extern const MakerRow lock_maker, rlock_maker, semaphore_maker, bounded_semaphore_maker, condition_maker;
extern const MakerRow event_maker, barrier_maker;
extern const MakerRow pipe_maker, value_maker, manager_maker, dict_maker;

template <class T>
std::shared_ptr<Object> hold(T handle) {
  return std::make_shared<Held<T>>(std::move(handle));
}

template <class T>
std::shared_ptr<Object> decode_handle(mp::Decoder& decoder) {
  return hold(T::decode(decoder));
}

// Parameters that many operations have.
inline constexpr Parameter timeout_parameters[] = {{"timeout", ParameterKind::seconds, true}};
inline constexpr Parameter acquire_parameters[] = {{"block", ParameterKind::flag, true},
                                                   {"timeout", ParameterKind::seconds, true}};

}  // namespace heddle::programs
