#include <properties/holds.hpp>
#include <properties/pool/pool.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Pools, Properties, testing::ValuesIn(of_pools()), &name_of);
INSTANTIATE_TEST_SUITE_P(PoolCounts, Properties, testing::ValuesIn(of_pool_counts()), &name_of);
INSTANTIATE_TEST_SUITE_P(PoolEndings, Properties, testing::ValuesIn(of_pool_endings()), &name_of);

}  // namespace heddle::properties
