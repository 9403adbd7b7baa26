#include <properties/holds.hpp>
#include <properties/threads/threads.hpp>

namespace heddle::properties {

INSTANTIATE_TEST_SUITE_P(Threads, Properties, testing::ValuesIn(of_threads()), &name_of);

INSTANTIATE_TEST_SUITE_P(ThreadEndings, Properties, testing::ValuesIn(of_thread_endings()), &name_of);

}  // namespace heddle::properties
