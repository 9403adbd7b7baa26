// Manager, and its dict, list, Queue and locks.
#include <properties/fuzzing/target.hpp>
#include <properties/manager/manager.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_managers(), {data, size});
  return 0;
}
