#include <properties/holds.hpp>
#include <properties/locks/locks.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Locks, Properties, testing::ValuesIn(of_locks()), &name_of);
INSTANTIATE_TEST_SUITE_P(ContendedLocks, Properties, testing::ValuesIn(of_many_locks()), &name_of);

}  // namespace heddle::properties
