#include <properties/holds.hpp>
#include <properties/pool/workers.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Workers, Properties, testing::ValuesIn(of_workers()), &name_of);

}  // namespace heddle::properties
