// What programs put, send, store and compare: Python's plain values, and the kinds of payload that a queue or
// a connection has to survive. One C++ type with a codec, so that every container is an mp::Queue<Payload>,
// an mp::DictProxy<Payload, Payload> and so on.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <mp/codec/codec.hpp>

namespace heddle::programs {

struct Payload;
class Object;
struct KindRow;

struct None {
  friend bool operator==(const None&, const None&) = default;
};
/// So many bytes, all zero.
struct Sized {
  std::int64_t bytes = 0;
  friend bool operator==(const Sized&, const Sized&) = default;
};
/// Takes so many seconds to encode.
struct Slow {
  double seconds = 0;
  friend bool operator==(const Slow&, const Slow&) = default;
};
/// Refuses to be encoded.
struct Unserialisable {
  friend bool operator==(const Unserialisable&, const Unserialisable&) = default;
};
/// Is encoded, and refuses to be decoded.
struct Undecodable {
  friend bool operator==(const Undecodable&, const Undecodable&) = default;
};
struct List {
  std::vector<Payload> items;
  friend bool operator==(const List& one, const List& other);
};

/// An object that travels: what a message brought, or is to take along. Never part of a Program.
struct Carried {
  std::shared_ptr<Object> object;
  const KindRow* kind = nullptr;
  friend bool operator==(const Carried&, const Carried&) = default;
};

/// Default: None.
struct Payload {
  using Kind = std::variant<None, bool, std::int64_t, double, std::string, mp::Bytes, List, Sized, Slow,
                            Unserialisable, Undecodable, Carried>;
  Kind kind = {};

  friend bool operator==(const Payload& one, const Payload& other);
};

inline Payload none() { return {}; }
inline Payload payload_of(bool value) { return {value}; }
inline Payload payload_of(std::int64_t value) { return {value}; }
inline Payload payload_of(int value) { return {std::int64_t{value}}; }
inline Payload payload_of(std::string value) { return {std::move(value)}; }
inline Payload payload_of(mp::Bytes value) { return {std::move(value)}; }

/// Counts as a sentinel (mp::is_none).
bool is_none(const Payload& payload);

/// Does what came out equal what was expected? As ==, but size(n) equals any n bytes.
bool matches(const Payload& expected, const Payload& got);

/// Are both lists, of the same items in any order?
bool is_permutation(const Payload& one, const Payload& other);
/// Does this list, text or bytes begin with that of the other?
bool begins_with(const Payload& whole, const Payload& beginning);

/// Is it no larger, no slower and nested no deeper than limits.hpp allows?
bool is_within_limits(const Payload& payload);

/// As Python's +: numbers are added, texts, bytes and lists joined. Absent: they cannot be, or the sum would
/// be beyond the limits.
std::optional<Payload> sum_of(const Payload& one, const Payload& other);

/// As it is written in a program: None, 3, 0.5, 'text', b'\x00', [1, 2], size(100).
std::string literal(const Payload& payload);

}  // namespace heddle::programs

namespace mp {

template <>
struct codec<heddle::programs::Payload> {
  using Payload = heddle::programs::Payload;
  /// RuntimeError: unserialisable, or an object that only a child at its birth is handed.
  static void encode(Encoder& encoder, const Payload& payload);
  static Payload decode(Decoder& decoder);
  static std::string describe(const Payload& payload);
};

}  // namespace mp
