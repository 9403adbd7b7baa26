#include <properties/holds.hpp>
#include <properties/process/process.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Processes, Properties, testing::ValuesIn(of_processes()), &name_of);

}  // namespace heddle::properties
