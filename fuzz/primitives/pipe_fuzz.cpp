// Pipe and Connection.
#include <properties/fuzzing/target.hpp>
#include <properties/pipe/pipe.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_pipes(), {data, size});
  return 0;
}
