// What the files of types offer to the registry, and nobody else needs.
#pragma once

#include <mp/manager/object.hpp>

namespace mp::manager {

extern const TypeRow list_type, dict_type, namespace_type, value_type, array_type;
extern const TypeRow lock_type, rlock_type, semaphore_type, bounded_semaphore_type;
extern const TypeRow condition_type, event_type, barrier_type;
extern const TypeRow queue_type, joinable_queue_type;
extern const TypeRow pool_type;

}  // namespace mp::manager
