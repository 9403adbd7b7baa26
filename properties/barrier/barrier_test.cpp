#include <properties/barrier/barrier.hpp>
#include <properties/holds.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Barriers, Properties, testing::ValuesIn(of_barriers()), &name_of);
INSTANTIATE_TEST_SUITE_P(BarrierEndings, Properties, testing::ValuesIn(of_barrier_endings()), &name_of);

}  // namespace heddle::properties
