#include <properties/holds.hpp>
#include <properties/queue/queue.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Queues, Properties, testing::ValuesIn(of_queues()), &name_of);
INSTANTIATE_TEST_SUITE_P(QueueWaits, Properties, testing::ValuesIn(of_queue_waits()), &name_of);

}  // namespace heddle::properties
