// Pool and ThreadPool.
#include <properties/fuzzing/target.hpp>
#include <properties/pool/pool.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(heddle::properties::of_pools(), {data, size});
  return 0;
}
