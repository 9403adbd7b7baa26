#include <properties/holds.hpp>
#include <properties/shared/shared.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Shared, Properties, testing::ValuesIn(of_shared()), &name_of);

}  // namespace heddle::properties
