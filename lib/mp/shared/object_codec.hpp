// An object's id inside the encoding of its handle, so that every process speaks of it by the same number.
#pragma once

#include <mp/codec/codec.hpp>
#include <mp/os/annotation.hpp>

namespace mp {

inline void encode_object(Encoder& encoder, ObjectId object) {
  encoder.natural(static_cast<std::uint64_t>(object));
}

inline ObjectId decode_object(Decoder& decoder) { return ObjectId{codec<std::uint32_t>::decode(decoder)}; }

}  // namespace mp
