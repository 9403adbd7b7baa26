// Linear probing at most half full.
#include <heddle/engine/interleaving_set.hpp>

namespace heddle {
namespace {
constexpr std::size_t slots_max = std::size_t{1} << 24;
constexpr std::uint64_t again = 1;

// A hash without its lowest bit; never 0.
std::uint64_t key_of(std::uint64_t hash) {
  const std::uint64_t key = hash & ~again;
  return key == 0 ? 2 : key;
}
}  // namespace

bool InterleavingSet::insert(std::uint64_t hash) {
  const std::uint64_t key = key_of(hash);
  std::size_t slot = slot_of(key);
  if (slots_[slot] != 0) {
    if ((slots_[slot] & again) == 0) --once_;
    slots_[slot] |= again;
    return false;
  }
  if (size_ * 2 >= slots_.size()) {
    is_full_ = slots_.size() >= slots_max;
    if (is_full_) return true;
    grow();
    slot = slot_of(key);
  }
  slots_[slot] = key;
  ++size_;
  ++once_;
  return true;
}

// Where the key is, or would be. By the bits above the lowest, which says something else.
std::size_t InterleavingSet::slot_of(std::uint64_t key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = (key >> 1) & mask;
  while (slots_[slot] != 0 && (slots_[slot] & ~again) != key) slot = (slot + 1) & mask;
  return slot;
}

void InterleavingSet::take_in(std::uint64_t hash) {
  insert(hash);
  if ((hash & again) != 0) insert(hash);
}

std::vector<std::uint64_t> InterleavingSet::hashes() const {
  std::vector<std::uint64_t> all;
  all.reserve(size_);
  for (const std::uint64_t hash : slots_)
    if (hash != 0) all.push_back(hash);
  return all;
}

void InterleavingSet::grow() {
  std::vector<std::uint64_t> old(slots_.size() * 2, 0);
  old.swap(slots_);
  for (const std::uint64_t each : old)
    if (each != 0) slots_[slot_of(each & ~again)] = each;
}

}  // namespace heddle
