// How many different interleavings an exploration has seen, and how many of them once only: a set of 64-bit
// hashes, open addressing, no deletion. Beyond a few million it takes in no new ones and says so: then the
// figures are about those that it has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

class InterleavingSet {
 public:
  InterleavingSet() : slots_(1024, 0) {}
  /// One more execution. Is its interleaving new, as far as is known?
  bool insert(std::uint64_t hash);
  std::uint64_t size() const { return size_; }
  /// Those that were inserted once.
  std::uint64_t once() const { return once_; }
  /// There were more than it holds.
  bool is_full() const { return is_full_; }
  /// In the order of their places, which depends on nothing but what was inserted. The lowest bit of each
  /// says: more than once.
  std::vector<std::uint64_t> hashes() const;
  /// One of another set's hashes().
  void take_in(std::uint64_t hash);

 private:
  void grow();
  std::size_t slot_of(std::uint64_t key) const;
  std::vector<std::uint64_t> slots_;  // 0: free; otherwise the hash, whose lowest bit says: more than once
  std::uint64_t size_ = 0;
  std::uint64_t once_ = 0;
  bool is_full_ = false;
};

}  // namespace heddle
