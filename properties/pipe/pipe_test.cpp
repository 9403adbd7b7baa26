#include <properties/holds.hpp>
#include <properties/pipe/pipe.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Pipes, Properties, testing::ValuesIn(of_pipes()), &name_of);

}  // namespace heddle::properties
