// Values whose C++ type nobody here knows: what a manager's server can say about the bytes that its clients
// store. msgpack describes itself, so they can be shown and put in order as Python does with the values they
// stand for. Whether two are equal needs no reading: equal values of one type have equal bytes.
//
// Nothing is believed: bytes that are no value, or are nested deeper than `depth_max`, are a DecodeError.
#pragma once

#include <compare>
#include <span>
#include <string>

#include <mp/codec/coder.hpp>

namespace mp {

/// What a handle that has no other form is in a message: an extension of this type, whose bytes begin with
/// the handle's type as a text.
inline constexpr std::uint8_t handle_extension = 1;

inline constexpr int plain_depth_max = 64;

/// As Python writes it: None, True, 3, 0.5, 'text', b'bytes', [1, 2]; a pair or tuple is a list here, and a
/// handle <ListProxy object>.
std::string plain_repr(std::span<const std::byte> value);

/// Python's order: truth values and numbers by amount, texts and bytes by letter, lists by their first
/// difference; not-a-number comes last. TypeError: values that Python has no order for, say a number and a
/// text.
std::weak_ordering plain_order(std::span<const std::byte> one, std::span<const std::byte> other);

}  // namespace mp
