#include <properties/holds.hpp>
#include <properties/pool/pool.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Pools, Properties, testing::ValuesIn(of_pools()), &name_of);

}  // namespace heddle::properties
