// Lock, RLock, Semaphore and BoundedSemaphore.
#include <properties/fuzzing/target.hpp>
#include <properties/locks/locks.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_locks(), {data, size});
  return 0;
}
