// Typecodes and what they mean: which type of C++ an element of a Value or an Array is, and how it becomes a
// payload and back. The codes 'u', 'L' and 'Q' are not offered: a payload's integers have 64 bits and a sign.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include <heddle/programs/call.hpp>
#include <heddle/programs/objects/table.hpp>
#include <mp/shared/data_lock.hpp>

namespace heddle::programs {

/// Calls with_type(std::type_identity<T>()) for the type of this code. TypeError: there is none.
template <class WithType>
auto visit_typecode(std::string_view typecode, WithType&& with_type) {
  const char code = typecode.size() == 1 ? typecode[0] : '\0';
  switch (code) {
    case 'c':
      return with_type(std::type_identity<char>());
    case 'b':
      return with_type(std::type_identity<std::int8_t>());
    case 'B':
      return with_type(std::type_identity<std::uint8_t>());
    case 'h':
      return with_type(std::type_identity<std::int16_t>());
    case 'H':
      return with_type(std::type_identity<std::uint16_t>());
    case 'i':
      return with_type(std::type_identity<std::int32_t>());
    case 'I':
      return with_type(std::type_identity<std::uint32_t>());
    case 'l':
    case 'q':
      return with_type(std::type_identity<std::int64_t>());
    case 'f':
      return with_type(std::type_identity<float>());
    case 'd':
      return with_type(std::type_identity<double>());
  }
  throw TypeError("a typecode is one of c b B h H i I l q f d");
}

template <class T>
Payload payload_of_element(T element) {
  if constexpr (std::is_same_v<T, char>)
    return payload_of(mp::Bytes{static_cast<std::byte>(element)});
  else if constexpr (std::is_floating_point_v<T>)
    return {static_cast<double>(element)};
  else
    return payload_of(static_cast<std::int64_t>(element));
}

/// Integers wrap (VAL-02). TypeError: a payload of another type, or other than one byte as a 'c'.
template <class T>
T element_of(const Payload& payload) {
  const auto* integer = std::get_if<std::int64_t>(&payload.kind);
  const auto* truth = std::get_if<bool>(&payload.kind);
  const auto* real = std::get_if<double>(&payload.kind);
  const auto* bytes = std::get_if<mp::Bytes>(&payload.kind);
  constexpr bool is_char = std::is_same_v<T, char>;
  if (is_char && bytes != nullptr && bytes->size() == 1) return static_cast<T>((*bytes)[0]);
  if (!is_char && integer != nullptr) return static_cast<T>(*integer);
  if (!is_char && truth != nullptr) return static_cast<T>(*truth ? 1 : 0);
  if (std::is_floating_point_v<T> && real != nullptr) return static_cast<T>(*real);
  throw TypeError(literal(payload) + " cannot be stored as an element of this type");
}

/// A Value or an Array, with or without a lock.
class Data : public Object {
 public:
  virtual mp::DataLock* lock() = 0;               // null: it has none
  virtual std::shared_ptr<Object> get_obj() = 0;  // null likewise
};

// Operations of those that were made with a lock. AttributeError: this one was not.
Payload acquire_data(Call& call);
Payload release_data(Call& call);
Objects get_lock_of_data(Call& call);
Objects get_obj_of_data(Call& call);

/// What `lock=` may name. Without one, or with None or True, data has a lock of its own; with False none.
inline constexpr std::string_view data_locks[] = {"Lock", "RLock", "DataLock"};

inline bool wants_no_lock(const Call& call, std::size_t i) {
  return call.has(i) && call.payload(i) == payload_of(false);
}
/// AttributeError: something that is no lock.
mp::LockOption lock_option(const Call& call, std::size_t i);

}  // namespace heddle::programs
