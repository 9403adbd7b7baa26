// The same without the mistake: no input is kept.
#include <fuzz/programs/seats.hpp>
#include <heddle/api/fuzz.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::fuzz(&fuzz::programs::evening<fuzz::programs::Room::mended>, {data, size},
               {.name = "seats-mended"});
  return 0;
}
