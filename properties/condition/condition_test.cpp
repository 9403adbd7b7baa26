#include <properties/condition/condition.hpp>
#include <properties/holds.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Conditions, Properties, testing::ValuesIn(of_conditions()), &name_of);

}  // namespace heddle::properties
