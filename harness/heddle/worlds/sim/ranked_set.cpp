// Bit work for the set of runnable tasks.
#include <heddle/worlds/sim/ranked_set.hpp>

namespace heddle::sim {
namespace {

std::uint32_t nth_bit(std::uint64_t word, std::uint32_t n) {  // n from 1
  for (; n > 1; --n) word &= word - 1;
  return static_cast<std::uint32_t>(std::countr_zero(word));
}

}  // namespace

void RankedSet::make_room(std::uint32_t rank) {
  const std::size_t first = rank / 64;
  if (first >= words_.size()) return;
  if ((words_.back() >> 63) != 0) words_.push_back(0);
  for (std::size_t word = words_.size() - 1; word > first; --word)
    words_[word] = (words_[word] << 1) | (words_[word - 1] >> 63);
  const std::uint64_t below = (std::uint64_t{1} << (rank % 64)) - 1;
  words_[first] = (words_[first] & below) | ((words_[first] & ~below) << 1);
}

std::uint32_t RankedSet::after_among_many(std::uint32_t rank, std::uint32_t k) const {
  const std::size_t home = rank / 64 < words_.size() ? rank / 64 : 0;
  const std::uint64_t up_to_rank =
      rank / 64 < words_.size() ? ~std::uint64_t{0} >> (63 - rank % 64) : 0;  // bits 0..rank of home
  for (std::size_t i = 0; i <= words_.size(); ++i) {
    const std::size_t word = (home + i) % words_.size();
    std::uint64_t bits = words_[word];
    if (i == 0) bits &= ~up_to_rank;
    if (i == words_.size()) bits &= up_to_rank;
    const auto members = static_cast<std::uint32_t>(std::popcount(bits));
    if (k <= members) return static_cast<std::uint32_t>(word * 64) + nth_bit(bits, k);
    k -= members;
  }
  return 0;  // unreachable while k <= count()
}

}  // namespace heddle::sim
