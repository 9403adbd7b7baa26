#include <properties/holds.hpp>
#include <properties/threads/threads.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Threads, Properties, testing::ValuesIn(of_threads()), &name_of);

}  // namespace heddle::properties
