// A property of a primitive: what holds of it in every interleaving of every program of a kind. Programs of
// the kind are neutral programs, drawn by chance, that say themselves what is expected of them: results of
// operations, histories that a sequential model allows, findings. So a property needs no judge of its own,
// and a program that shows it broken can be run again, edited and shrunk like any other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/core/random.hpp>

namespace heddle::properties {

struct Property {
  std::string_view name;      // "queue/conserves"
  std::string_view sentence;  // what holds
  /// The text of a program. `size`, from 1: about how much of everything there is in it.
  std::string (*draw)(Random& random, std::uint32_t size);
  /// It holds whatever process dies wherever; what is told of the death itself breaks nothing.
  bool despite_a_kill = false;
};

}  // namespace heddle::properties
