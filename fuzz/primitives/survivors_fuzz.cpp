// All primitives, when a process dies.
#include <properties/fuzzing/target.hpp>
#include <properties/survivors/survivors.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_survivors(), {data, size});
  return 0;
}
