#include <algorithm>

#include <properties/barrier/barrier.hpp>
#include <properties/condition/condition.hpp>
#include <properties/listener/listener.hpp>
#include <properties/locks/locks.hpp>
#include <properties/managed/clients.hpp>
#include <properties/managed/managed.hpp>
#include <properties/manager/manager.hpp>
#include <properties/pipe/pipe.hpp>
#include <properties/pool/pool.hpp>
#include <properties/pool/workers.hpp>
#include <properties/process/process.hpp>
#include <properties/queue/queue.hpp>
#include <properties/registry.hpp>
#include <properties/shared/shared.hpp>
#include <properties/survivors/survivors.hpp>
#include <properties/threads/threads.hpp>

namespace heddle::properties {

std::vector<Property> properties() {
  std::vector<Property> all;
  for (const std::span<const Property> some :
       {of_queues(),        of_queue_waits(), of_pipes(),     of_listeners(),       of_locks(),
        of_many_locks(),    of_conditions(),  of_barriers(),  of_barrier_endings(), of_shared(),
        of_managers(),      of_managed(),     of_clients(),   of_pools(),           of_pool_endings(),
        of_pool_counts(),   of_workers(),     of_processes(), of_survivors(),       of_threads(),
        of_thread_endings()})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

std::vector<Property> properties_of(std::string_view primitive) {
  std::vector<Property> all = properties();
  std::erase_if(all, [&](const Property& each) { return !each.name.starts_with(primitive); });
  return all;
}

}  // namespace heddle::properties
