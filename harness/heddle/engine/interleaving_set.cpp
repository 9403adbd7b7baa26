// Linear probing at most half full.
#include <heddle/engine/interleaving_set.hpp>

namespace heddle {
namespace {
constexpr std::size_t slots_max = std::size_t{1} << 24;
}  // namespace

void InterleavingSet::insert(std::uint64_t hash) {
  if (hash == 0) hash = 1;
  if (size_ * 2 >= slots_.size()) {
    if (slots_.size() >= slots_max) return;
    grow();
  }
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot] != 0) {
    if (slots_[slot] == hash) return;
    slot = (slot + 1) & (slots_.size() - 1);
  }
  slots_[slot] = hash;
  ++size_;
}

void InterleavingSet::grow() {
  std::vector<std::uint64_t> old(slots_.size() * 2, 0);
  old.swap(slots_);
  size_ = 0;
  for (const std::uint64_t hash : old)
    if (hash != 0) insert(hash);
}

}  // namespace heddle
