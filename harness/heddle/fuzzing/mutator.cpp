// libFuzzer's doors for mutations that know what an input is: the choices of an execution
// (engine/choice_edits.hpp), or what the target says (heddle_edit_input of api/fuzz.hpp; there is one mutator
// to a binary). A quarter of the mutations is left to libFuzzer's own, which knows the inputs that were kept.
// AFL++ mutates in a process of its own and does not ask.
//
// Linked into fuzzers only. HEDDLE_FUZZ_MUTATOR=0 in the environment leaves everything to libFuzzer.
#include <cstdlib>
#include <string_view>

#include <heddle/api/fuzz.hpp>
#include <heddle/engine/choice_edits.hpp>

extern "C" [[gnu::weak]] std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                      std::size_t size_max);

namespace {

constexpr std::uint32_t own_odds = 4;

bool is_left_out() {
  static const bool is_out = [] {
    const char* const said = std::getenv("HEDDLE_FUZZ_MUTATOR");
    return said != nullptr && std::string_view(said) == "0";
  }();
  return is_out;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max,
                                               unsigned seed) {
  heddle::Random random(seed);
  if (LLVMFuzzerMutate != nullptr && (is_left_out() || random.below(own_odds) == 0))
    return LLVMFuzzerMutate(data, size, size_max);
  if (heddle_edit_input != nullptr) return heddle_edit_input(data, size, size_max, seed);
  return heddle::edit_choices({data, size_max}, size, random);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size,
                                                 const std::uint8_t* other, std::size_t other_size,
                                                 std::uint8_t* into, std::size_t into_size, unsigned seed) {
  if (is_left_out()) return 0;
  if (heddle_splice_inputs != nullptr)
    return heddle_splice_inputs(one, one_size, other, other_size, into, into_size, seed);
  heddle::Random random(seed);
  return heddle::splice_choices({one, one_size}, {other, other_size}, {into, into_size}, random);
}
