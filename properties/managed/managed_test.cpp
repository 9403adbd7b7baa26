#include <properties/holds.hpp>
#include <properties/managed/managed.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Managed, Properties, testing::ValuesIn(of_managed()), &name_of);

}  // namespace heddle::properties
