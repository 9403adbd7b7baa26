// Condition and Event.
#include <properties/condition/condition.hpp>
#include <properties/fuzzing/target.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_conditions(), {data, size});
  return 0;
}
