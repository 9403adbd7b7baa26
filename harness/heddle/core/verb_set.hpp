// A set of verbs, asked at every operation.
#pragma once

#include <cstdint>
#include <initializer_list>

#include <mp/os/annotation.hpp>

namespace heddle {

inline constexpr unsigned verb_count = static_cast<unsigned>(mp::Verb::hand_in) + 1;
static_assert(verb_count <= 64);

class VerbSet {
 public:
  constexpr VerbSet() = default;
  constexpr VerbSet(std::initializer_list<mp::Verb> verbs) {
    for (const mp::Verb verb : verbs) add(verb);
  }
  constexpr void add(mp::Verb verb) { bits_ |= bit_of(verb); }
  constexpr bool contains(mp::Verb verb) const { return (bits_ & bit_of(verb)) != 0; }

 private:
  static constexpr std::uint64_t bit_of(mp::Verb verb) {
    return std::uint64_t{1} << static_cast<unsigned>(verb);
  }
  std::uint64_t bits_ = 0;
};

}  // namespace heddle
