// Counters of our own that libFuzzer takes for coverage: it looks for a section of this name, and zeroes what
// lies there before each execution. AFL++ does not look; there they are bytes that nobody reads.
//
// Linked into fuzzers only.
#include <cstddef>
#include <cstdint>

#include <heddle/api/fuzz.hpp>

namespace {

constexpr std::size_t counters_count = std::size_t{1} << 12;

// `used`: an array that is only written is taken away by the optimiser, section and all.
__attribute__((section("__libfuzzer_extra_counters"), used)) std::uint8_t counters[counters_count];

}  // namespace

extern "C" std::uint8_t* heddle_interleaving_counters(std::size_t* count) {
  *count = counters_count;
  return counters;
}
