#include <properties/holds.hpp>
#include <properties/managed/clients.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Clients, Properties, testing::ValuesIn(of_clients()), &name_of);

}  // namespace heddle::properties
