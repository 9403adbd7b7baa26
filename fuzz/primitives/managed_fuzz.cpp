// What a manager keeps besides: Semaphore, Condition, Event, Barrier, Value, JoinableQueue and Pool.
#include <properties/fuzzing/target.hpp>
#include <properties/managed/managed.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_managed(), {data, size});
  return 0;
}
