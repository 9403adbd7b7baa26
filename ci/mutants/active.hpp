// Which mutant is awake. Every source that ci/mutants/plant has written asks here at each of its sites, so
// one build holds them all. HEDDLE_MUTANT=N in the environment wakes one for the whole life of the process
// and of those it starts; without it each site does what the source says. HEDDLE_MUTANTS_REACHED=FILE: byte N
// of the file, which must be long enough, becomes 1 when any process comes by site N.
#pragma once

#include <atomic>
#include <optional>
#include <utility>

namespace heddle_mutants {

extern int active;                // 0: none. Written before any constructor runs
extern unsigned char* reached;    // null: nobody asks
extern unsigned long places_max;  // of `reached`

template <class Guard>
class Unless {
 public:
  template <class... Arguments>
  explicit Unless(int number, Arguments&&... arguments);

 private:
  std::optional<Guard> guard_;
};

}  // namespace heddle_mutants

inline bool heddle_mutant(int number) {
  using namespace heddle_mutants;
  if (reached != nullptr && static_cast<unsigned long>(number) < places_max)
    std::atomic_ref(reached[number]).store(1, std::memory_order_relaxed);
  return number == active;
}

namespace heddle_mutants {

/// A guard that is not there if the mutant is awake.
template <class Guard>
template <class... Arguments>
Unless<Guard>::Unless(int number, Arguments&&... arguments) {
  if (!heddle_mutant(number)) guard_.emplace(std::forward<Arguments>(arguments)...);
}

// `a < b` is written `a < Below{N} < b`, which has the same precedence: it is `a <= b` if the mutant is
// awake.
struct Below {
  int number;
};
struct UpTo {
  int number;
};
struct Above {
  int number;
};
struct From {
  int number;
};

template <class Left>
struct Less {
  const Left& left;
  bool or_equal;
};
template <class Left>
struct Greater {
  const Left& left;
  bool or_equal;
};

template <class Left>
Less<Left> operator<(const Left& left, Below which) {
  return {left, heddle_mutant(which.number)};
}
template <class Left>
Less<Left> operator<(const Left& left, UpTo which) {
  return {left, !heddle_mutant(which.number)};
}
template <class Left>
Greater<Left> operator>(const Left& left, Above which) {
  return {left, heddle_mutant(which.number)};
}
template <class Left>
Greater<Left> operator>(const Left& left, From which) {
  return {left, !heddle_mutant(which.number)};
}
template <class Left, class Right>
bool operator<(const Less<Left>& one, const Right& right) {
  return one.or_equal ? one.left <= right : one.left < right;
}
template <class Left, class Right>
bool operator>(const Greater<Left>& one, const Right& right) {
  return one.or_equal ? one.left >= right : one.left > right;
}

}  // namespace heddle_mutants
