// How a function of the program crosses to a child: what a handle encodes when it has one to call. A child by
// fork runs the same image at the same place, so the address will do.
#pragma once

#include <cstdint>

#include <mp/codec/coder.hpp>

namespace mp {

/// A function without parameters; what it gives is ignored.
using Code = void (*)();

/// For a child being born only; null is allowed.
inline void encode_code(Encoder& encoder, Code code) {
  encoder.natural(static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(code)));
}

inline Code decode_code(Decoder& decoder) {
  return reinterpret_cast<Code>(static_cast<std::uintptr_t>(decoder.natural()));
}

}  // namespace mp
