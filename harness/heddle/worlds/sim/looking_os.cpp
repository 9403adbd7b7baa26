// See the header.
#include <algorithm>
#include <cerrno>

#include <heddle/worlds/sim/cells.hpp>
#include <heddle/worlds/sim/looking_os.hpp>

namespace heddle::sim {

void LookingOs::begin() {
  kept_count_ = 0;
  process_slot_.fill({});
  task_slot_.fill({});
}

// No process of an execution has it, and no lock takes it for nobody's.
mp::ProcessId LookingOs::process_id() { return static_cast<mp::ProcessId>(0x7ffffffe); }

LookingOs::Kept* LookingOs::find(const mp::Word& word) {
  const auto end = kept_.begin() + static_cast<std::ptrdiff_t>(kept_count_);
  const auto found = std::find_if(kept_.begin(), end, [&](const Kept& each) { return each.word == &word; });
  return found == end ? nullptr : &*found;
}

std::uint32_t LookingOs::load_word(const mp::Word& word) {
  if (const Kept* const kept = find(word)) return kept->value;
  scheduler_.touch(&word, AccessKind::read);
  return word.value;
}

void LookingOs::store_word(mp::Word& word, std::uint32_t value) {
  Kept* kept = find(word);
  if (kept == nullptr) {
    if (kept_count_ == kept_.size()) refuse("too many locks");
    kept = &kept_[kept_count_++];
  }
  *kept = {.word = &word, .value = value};
}

std::uint32_t LookingOs::exchange_word(mp::Word& word, std::uint32_t value) {
  const std::uint32_t found = load_word(word);
  store_word(word, value);
  return found;
}

std::uint32_t LookingOs::compare_exchange_word(mp::Word& word, std::uint32_t expected,
                                               std::uint32_t desired) {
  const std::uint32_t found = load_word(word);
  if (found == expected) store_word(word, desired);
  return found;
}

std::uint32_t LookingOs::fetch_add_word(mp::Word& word, std::uint32_t addend) {
  return exchange_word(word, load_word(word) + addend);
}

mp::Result<void> LookingOs::word_wait(mp::Word& word, std::uint32_t expected, mp::Instant deadline,
                                      mp::ProcessId) {
  if (load_word(word) != expected) return mp::failure(EAGAIN);
  if (deadline <= now()) return mp::failure(ETIMEDOUT);
  throw Occupied{};
}

void LookingOs::load_cell(const void* cell, std::span<std::byte> into) {
  touch_cells(scheduler_, cell, into.size(), AccessKind::read);
  std::memcpy(into.data(), cell, into.size());
}

}  // namespace heddle::sim
