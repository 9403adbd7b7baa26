// How a fuzzer changes an input of a primitive: by the structure that it has. Edits of the program are put
// in, taken away, changed, or change places; the program is drawn anew; a fault is allowed; switches move
// (engine/choice_edits.hpp). Two inputs are spliced between their edits or between their choices, and keep
// the program of the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <heddle/core/random.hpp>

namespace heddle::properties {

/// Makes one to three changes of the input in the first `size` bytes. Gives the new size.
std::size_t edit_input(std::span<std::uint8_t> bytes, std::size_t size, Random& random);

/// Gives how many of the bytes of `into` are the result.
std::size_t splice_inputs(std::span<const std::uint8_t> one, std::span<const std::uint8_t> other,
                          std::span<std::uint8_t> into, Random& random);

}  // namespace heddle::properties
