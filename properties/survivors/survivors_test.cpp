#include <properties/holds.hpp>
#include <properties/survivors/survivors.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Survivors, Properties, testing::ValuesIn(of_survivors()), &name_of);

}  // namespace heddle::properties
