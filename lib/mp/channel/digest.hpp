// Keyed digests by the names that a handshake calls them by. For authentication.cpp alone; the arithmetic is
// OpenSSL's.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include <mp/codec/coder.hpp>

namespace mp::digest {

/// "md5", "sha256", "sha384", "sha3_256", "sha3_384": those that CPython allows (AUTH-03).
bool is_known(std::string_view name);

/// HMAC over the message by the digest of this name. Absent: there is none, or this machine forbids it.
std::optional<Bytes> keyed(std::string_view name, std::span<const std::byte> key,
                           std::span<const std::byte> message);

/// In a time that depends on the lengths only.
bool are_equal(std::span<const std::byte> one, std::span<const std::byte> other);

}  // namespace mp::digest
