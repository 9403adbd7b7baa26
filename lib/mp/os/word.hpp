// The two kinds of shared storage. A Word synchronises: every access is an Os call, sequentially
// consistent, and a task may sleep on it. A Cell is data: it orders nothing, and two unordered
// accesses of which one is a store are a race. Both are zero-valid, standard layout and without
// pointers, so they may lie in memory that several processes map.
#pragma once

#include <cstdint>
#include <type_traits>

namespace mp {

struct Word {
  std::uint32_t value = 0;  // only an Os may touch it
};

template <class T>
requires std::is_trivially_copyable_v<T>
struct Cell {
  T value{};  // only an Os may touch it
};

static_assert(sizeof(Word) == 4 && std::is_standard_layout_v<Word>);

}  // namespace mp
