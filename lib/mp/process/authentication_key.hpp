// The secret by which processes of one family know each other (AUTH-08). A process has one from the start,
// its children inherit it; Listener, Client and Manager use it where they are given none.
//
// What always holds: a key crosses to a child at birth only and is never part of a message, so a program
// cannot give it away by accident. It is not printed either: in words it is a handle like any other.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include <mp/codec/coder.hpp>

namespace mp {

class AuthenticationKey {
 public:
  /// How many random bytes a main process makes for itself.
  static constexpr std::size_t random_bytes = 32;

  AuthenticationKey() = default;  // empty
  explicit AuthenticationKey(Bytes bytes) : bytes_(std::move(bytes)) {}
  explicit AuthenticationKey(std::string_view text);

  std::span<const std::byte> bytes() const { return bytes_; }
  bool operator==(const AuthenticationKey&) const = default;

  /// TypeError unless for a child being born.
  void encode(Encoder& encoder) const;
  static AuthenticationKey decode(Decoder& decoder) { return AuthenticationKey(decoder.bytes()); }

 private:
  Bytes bytes_;
};

}  // namespace mp
