// What stands for the cells of shared data where tasks are seen to touch them.
#pragma once

#include <cstddef>
#include <cstdint>

#include <heddle/worlds/sim/scheduler.hpp>

namespace heddle::sim {

inline constexpr std::uintptr_t cell_bytes = 8;

// No word is there, nor what stands for its sleepers: words are of four bytes.
inline const void* thing_of(std::uintptr_t cell) { return reinterpret_cast<const void*>(cell + 2); }

inline const void* first_thing_of(const void* cell) {
  return thing_of(reinterpret_cast<std::uintptr_t>(cell) & ~std::uintptr_t{cell_bytes - 1});
}

inline void touch_cells(Scheduler& scheduler, const void* cell, std::size_t bytes, AccessKind kind) {
  const auto begin = reinterpret_cast<std::uintptr_t>(cell) & ~std::uintptr_t{cell_bytes - 1};
  const auto end = reinterpret_cast<std::uintptr_t>(cell) + bytes;
  for (std::uintptr_t each = begin; each < end; each += cell_bytes) scheduler.touch(thing_of(each), kind);
}

}  // namespace heddle::sim
