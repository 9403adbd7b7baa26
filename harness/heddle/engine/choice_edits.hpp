// How a fuzzer changes an input of ByteChoices: by the structure that it has. A byte that is not 0 is a
// switch (or a fault, a wake-up, an alternative), and where it stands is what it is about, so the edits move
// switches, put one more in, take one away, give it another answer or let two change places, or draw a
// stretch anew. Insertions and deletions that shift what follows are made too: a choice more or less early on
// moves all later ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <heddle/core/random.hpp>

namespace heddle {

/// Makes one to four edits of the first `size` bytes. Gives the new size, 1..bytes.size(); of no room at all
/// 0.
std::size_t edit_choices(std::span<std::uint8_t> bytes, std::size_t size, Random& random);

/// The beginning of one input and the rest of the other: mostly from the same choice on, sometimes from
/// another. Gives how many of the bytes of `into` are the result.
std::size_t splice_choices(std::span<const std::uint8_t> one, std::span<const std::uint8_t> other,
                           std::span<std::uint8_t> into, Random& random);

}  // namespace heddle
