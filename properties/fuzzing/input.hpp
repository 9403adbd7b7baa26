// What an input of a primitive's fuzzer stands for: which of the primitive's properties draws a program and
// from what, what is changed of that program, in which way it is run, and the answers to its choices.
//
//   byte 0     the property, modulo how many there are
//   bytes 1-2  what its program is drawn from
//   byte 3     how large it is, modulo 4
//   byte 4     the way in which it is run
//   byte 5     the faults that may strike, a bit each, as in FaultSet
//   byte 6     how many edits follow, modulo 9, of 4 bytes each
//   the rest   one byte for each choice (engine/byte_choices.hpp)
//
// All bytes are an input: what is missing is 0. Reading and writing lose nothing that has a meaning.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace heddle::properties {

inline constexpr std::size_t edits_max = 8;
inline constexpr std::uint8_t sizes = 4;

/// One change of a program, and about what: each number is taken modulo what there is.
struct Edit {
  std::uint8_t kind = 0;
  std::uint8_t place = 0;
  std::uint8_t other = 0;
  std::uint8_t amount = 0;
  friend bool operator==(const Edit&, const Edit&) = default;
};

struct Input {
  std::uint8_t property = 0;
  std::uint16_t seed = 0;
  std::uint8_t size = 0;
  std::uint8_t way = 0;  // bits, below
  std::uint8_t faults = 0;
  std::vector<Edit> edits = {};  // edits_max at most
  std::vector<std::uint8_t> choices = {};
  friend bool operator==(const Input&, const Input&) = default;
};

inline constexpr std::uint8_t way_os = 1;      // at granularity os
inline constexpr std::uint8_t way_timers = 2;  // timers may come early; of an edited program only
inline constexpr std::uint8_t way_twice = 12;  // both bits: and is it the same once more?

Input read_input(std::span<const std::uint8_t> bytes);

/// What there is room for. Gives the size.
std::size_t write_input(const Input& input, std::span<std::uint8_t> into);

}  // namespace heddle::properties
