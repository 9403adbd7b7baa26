#include <properties/holds.hpp>
#include <properties/listener/listener.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Listeners, Properties, testing::ValuesIn(of_listeners()), &name_of);

}  // namespace heddle::properties
