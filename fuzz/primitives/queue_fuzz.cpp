// Queue, JoinableQueue and SimpleQueue.
#include <properties/fuzzing/target.hpp>
#include <properties/queue/queue.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_queues(), {data, size});
  return 0;
}
