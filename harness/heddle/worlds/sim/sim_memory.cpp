// Shared memory, words and cells of the simulated kernel. All processes share the address space, so a
// shared mapping is a zeroed block of the execution; what makes a word a word is that each access is a
// step and orders the tasks that make it.
#include <algorithm>
#include <cstring>
#include <heddle/worlds/sim/sim_os.hpp>

namespace heddle::sim {

mp::Result<std::span<std::byte>> SimOs::map_shared(std::size_t bytes) {
  const Entry entry(*this, Call::map_shared);
  if (bytes == 0) return mp::failure(EINVAL);
  if (blocks_used_ == blocks_.size()) blocks_.emplace_back();
  std::vector<std::byte>& block = blocks_[blocks_used_++];
  block.assign(bytes, std::byte{0});
  return std::span(block);
}

// Kept until the execution is over: another process may still have it mapped.
mp::Result<void> SimOs::unmap_shared(std::span<std::byte>) {
  const Entry entry(*this, Call::unmap_shared);
  return {};
}

std::uint32_t SimOs::load(const mp::Word& word) {
  const Entry entry(*this, Call::load);
  scheduler_.synchronise(&word);
  return word.value;
}

void SimOs::store(mp::Word& word, std::uint32_t value) {
  const Entry entry(*this, Call::store);
  scheduler_.synchronise(&word);
  word.value = value;
}

std::uint32_t SimOs::exchange(mp::Word& word, std::uint32_t value) {
  const Entry entry(*this, Call::exchange);
  scheduler_.synchronise(&word);
  return std::exchange(word.value, value);
}

std::uint32_t SimOs::compare_exchange(mp::Word& word, std::uint32_t expected, std::uint32_t desired) {
  const Entry entry(*this, Call::compare_exchange);
  scheduler_.synchronise(&word);
  const std::uint32_t found = word.value;
  if (found == expected) word.value = desired;
  return found;
}

std::uint32_t SimOs::fetch_add(mp::Word& word, std::uint32_t addend) {
  const Entry entry(*this, Call::fetch_add);
  scheduler_.synchronise(&word);
  return std::exchange(word.value, word.value + addend);
}

mp::Result<void> SimOs::word_wait(mp::Word& word, std::uint32_t expected, mp::Instant deadline) {
  const Entry entry(*this, Call::word_wait);
  scheduler_.synchronise(&word);
  if (word.value != expected) return mp::failure(EAGAIN);
  if (scheduler_.block(WaitKind::word, none, &word, deadline) == Wake::timed_out)
    return mp::failure(ETIMEDOUT);
  scheduler_.synchronise(&word);
  return {};
}

int SimOs::word_wake(mp::Word& word, int count) {
  const Entry entry(*this, Call::word_wake);
  scheduler_.synchronise(&word);
  return scheduler_.wake_some(&word, count);
}

void SimOs::load_cell(const void* cell, std::span<std::byte> into) {
  const Entry entry(*this, Call::load_cell);
  std::memcpy(into.data(), cell, into.size());
}

void SimOs::store_cell(void* cell, std::span<const std::byte> bytes) {
  const Entry entry(*this, Call::store_cell);
  std::memcpy(cell, bytes.data(), bytes.size());
}

}  // namespace heddle::sim
