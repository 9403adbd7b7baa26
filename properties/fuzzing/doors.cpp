// The doors by which a fuzzer's mutator comes to inputs of primitives: see api/fuzz.hpp. Whatever is linked
// with the properties has them; only fuzzers ask.
#include <heddle/api/fuzz.hpp>
#include <properties/fuzzing/input_edits.hpp>

std::size_t heddle_edit_input(std::uint8_t* data, std::size_t size, std::size_t size_max, unsigned seed) {
  heddle::Random random(seed);
  return heddle::properties::edit_input({data, size_max}, size, random);
}

std::size_t heddle_splice_inputs(const std::uint8_t* one, std::size_t one_size, const std::uint8_t* other,
                                 std::size_t other_size, std::uint8_t* into, std::size_t into_size,
                                 unsigned seed) {
  heddle::Random random(seed);
  return heddle::properties::splice_inputs({one, one_size}, {other, other_size}, {into, into_size}, random);
}
