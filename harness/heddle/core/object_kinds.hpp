// A set of kinds of object.
#pragma once

#include <cstdint>
#include <initializer_list>

#include <mp/os/annotation.hpp>

namespace heddle {

inline constexpr unsigned object_kinds = static_cast<unsigned>(mp::ObjectKind::async_result) + 1;
static_assert(object_kinds <= 32);

class ObjectKinds {
 public:
  constexpr ObjectKinds(std::initializer_list<mp::ObjectKind> kinds) {
    for (const mp::ObjectKind kind : kinds) bits_ |= bit_of(kind);
  }
  static constexpr ObjectKinds all() {
    ObjectKinds kinds{};
    kinds.bits_ = UINT32_MAX;
    return kinds;
  }
  constexpr bool contains(mp::ObjectKind kind) const { return (bits_ & bit_of(kind)) != 0; }
  friend constexpr ObjectKinds operator|(ObjectKinds one, ObjectKinds other) {
    one.bits_ |= other.bits_;
    return one;
  }
  friend bool operator==(const ObjectKinds&, const ObjectKinds&) = default;

 private:
  static constexpr std::uint32_t bit_of(mp::ObjectKind kind) {
    return std::uint32_t{1} << static_cast<unsigned>(kind);
  }
  std::uint32_t bits_ = 0;
};

/// What an oracle of queues is shown.
inline constexpr ObjectKinds queue_kinds{mp::ObjectKind::queue, mp::ObjectKind::joinable_queue,
                                         mp::ObjectKind::simple_queue};

}  // namespace heddle
