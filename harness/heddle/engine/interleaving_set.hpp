// How many different interleavings an exploration has seen: a set of 64-bit hashes, open addressing, no
// deletion. Beyond a few million it stops growing and counts what it has: then the figure is a lower bound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

class InterleavingSet {
 public:
  InterleavingSet() : slots_(1024, 0) {}
  void insert(std::uint64_t hash);
  std::uint64_t size() const { return size_; }

 private:
  void grow();
  std::vector<std::uint64_t> slots_;  // 0: free
  std::uint64_t size_ = 0;
};

}  // namespace heddle
