// The set of runnable tasks, in label order: one bit per rank. Ranks shift when a task is born between two
// others, which is rare; asking for the k-th runnable task after another is a few instructions, which is
// what happens at every choice.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle::sim {

class RankedSet {
 public:
  void clear() {
    words_.assign(words_.size(), 0);
    count_ = 0;
  }
  std::uint32_t count() const { return count_; }
  bool has(std::uint32_t rank) const {
    const std::size_t word = rank / 64;
    return word < words_.size() && ((words_[word] >> (rank % 64)) & 1u) != 0;
  }
  void insert(std::uint32_t rank) {
    if (rank / 64 >= words_.size()) words_.resize(rank / 64 + 1, 0);
    words_[rank / 64] |= std::uint64_t{1} << (rank % 64);
    ++count_;
  }
  void erase(std::uint32_t rank) {
    words_[rank / 64] &= ~(std::uint64_t{1} << (rank % 64));
    --count_;
  }
  /// All members at `rank` and above move up by one; `rank` itself becomes free.
  void make_room(std::uint32_t rank);
  /// The k-th member (k from 1) after `rank`, going round; `rank` itself comes last. k <= count().
  std::uint32_t after(std::uint32_t rank, std::uint32_t k) const {
    if (words_.size() != 1) return after_among_many(rank, k);
    std::uint64_t bits = std::rotr(words_[0], static_cast<int>(rank + 1));
    for (; k > 1; --k) bits &= bits - 1;
    return (static_cast<std::uint32_t>(std::countr_zero(bits)) + rank + 1) % 64;
  }

 private:
  std::uint32_t after_among_many(std::uint32_t rank, std::uint32_t k) const;

  std::vector<std::uint64_t> words_;
  std::uint32_t count_ = 0;
};

}  // namespace heddle::sim
