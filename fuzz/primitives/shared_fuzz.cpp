// Value, Array, RawArray and SharedMemory.
#include <properties/fuzzing/target.hpp>
#include <properties/shared/shared.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_shared(), {data, size});
  return 0;
}
