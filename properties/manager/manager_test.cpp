#include <properties/holds.hpp>
#include <properties/manager/manager.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Managers, Properties, testing::ValuesIn(of_managers()), &name_of);

}  // namespace heddle::properties
