// A program of one's own as a fuzzer: it ends with the deadlock, and the input that leads to it.
#include <fuzz/programs/seats.hpp>
#include <heddle/api/fuzz.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::fuzz(&fuzz::programs::evening<fuzz::programs::Room::mistaken>, {data, size}, {.name = "seats"});
  return 0;
}
