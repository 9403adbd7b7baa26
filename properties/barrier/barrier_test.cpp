#include <properties/barrier/barrier.hpp>
#include <properties/holds.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Barriers, Properties, testing::ValuesIn(of_barriers()), &name_of);

}  // namespace heddle::properties
