// Process.
#include <properties/fuzzing/target.hpp>
#include <properties/process/process.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_processes(), {data, size});
  return 0;
}
