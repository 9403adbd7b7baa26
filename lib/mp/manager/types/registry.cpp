// The table.
#include <mp/manager/types/registry.hpp>

#include <array>

#include <mp/manager/types/rows.hpp>

namespace mp::manager {

namespace {

constexpr std::array rows{&list_type,
                          &dict_type,
                          &namespace_type,
                          &value_type,
                          &array_type,
                          &lock_type,
                          &rlock_type,
                          &semaphore_type,
                          &condition_type,
                          &event_type,
                          &bounded_semaphore_type,
                          &barrier_type,
                          &queue_type,
                          &joinable_queue_type,
                          &pool_type};

}  // namespace

const TypeRow* find_type(std::string_view name) {
  for (const TypeRow* row : rows)
    if (row->name == name) return row;
  return nullptr;
}

}  // namespace mp::manager
