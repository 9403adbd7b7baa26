// Segments, words and cells of the simulated kernel. What makes a word a word is that each access is a step
// and orders the tasks that make it.
#include <algorithm>
#include <cstring>
#include <heddle/worlds/sim/cells.hpp>
#include <heddle/worlds/sim/sim_os.hpp>

namespace heddle::sim {

namespace {

constexpr std::size_t name_letters_max = 200;

bool can_be_named(std::string_view name) {
  return !name.empty() && name.size() <= name_letters_max && name != "." && name != ".." &&
         name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

}  // namespace

mp::Result<mp::Descriptor> SimOs::create_segment(std::string_view name, std::size_t bytes) {
  const Entry entry(*this, Call::create_segment);
  if (bytes == 0 || (!name.empty() && !can_be_named(name))) return mp::failure(EINVAL);
  if (is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);
  if (!name.empty()) scheduler_.touch(&segments_, AccessKind::write);
  if (segments_.find(name) != Segments::nowhere) return mp::failure(EEXIST);
  if (is_struck(ChoiceKind::enospc)) return mp::failure(ENOSPC);
  const std::uint32_t segment = segments_.make(name, bytes);
  Accesses& accesses = scheduler_.accesses();
  accesses.name_memory(segments_.bytes(segment), accesses.make_id(scheduler_.current()));
  return open(files_.make_segment(segment));
}

mp::Result<mp::Descriptor> SimOs::open_segment(std::string_view name) {
  const Entry entry(*this, Call::open_segment);
  if (!can_be_named(name)) return mp::failure(EINVAL);
  scheduler_.touch(&segments_, AccessKind::read);
  const std::uint32_t segment = segments_.find(name);
  if (segment == Segments::nowhere) return mp::failure(ENOENT);
  if (is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);
  return open(files_.make_segment(segment));
}

mp::Result<void> SimOs::unlink_segment(std::string_view name) {
  const Entry entry(*this, Call::unlink_segment);
  if (!can_be_named(name)) return mp::failure(EINVAL);
  scheduler_.touch(&segments_, AccessKind::write);
  const std::uint32_t segment = segments_.find(name);
  if (segment == Segments::nowhere) return mp::failure(ENOENT);
  segments_.unlink(segment);
  return {};
}

mp::Result<std::span<std::byte>> SimOs::map_segment(mp::Descriptor segment) {
  const Entry entry(*this, Call::map_segment);
  const FileIndex file = files_.find(current_process(), segment);
  if (file == no_file) return mp::failure(EBADF);
  if (files_.file(file).kind != File::Kind::segment) return mp::failure(ENODEV);
  return segments_.bytes(files_.file(file).subject);
}

mp::Result<void> SimOs::unmap_segment(std::span<std::byte>) {
  const Entry entry(*this, Call::unmap_segment);
  return {};
}

std::uint32_t SimOs::load_word(const mp::Word& word) {
  const Entry entry(*this, Call::load, &word, AccessKind::read);
  scheduler_.synchronise(&word, AccessKind::read);
  return word.value;
}

// What every operation that may change a word does with it. Gives what was there.
std::uint32_t SimOs::change(mp::Word& word, std::uint32_t value) {
  const std::uint32_t found = std::exchange(word.value, value);
  if (found != value) scheduler_.wake_watchers_on(&word);
  return found;
}

void SimOs::store_word(mp::Word& word, std::uint32_t value) {
  const Entry entry(*this, Call::store, &word);
  scheduler_.synchronise(&word, AccessKind::write);
  change(word, value);
}

std::uint32_t SimOs::exchange_word(mp::Word& word, std::uint32_t value) {
  const Entry entry(*this, Call::exchange, &word);
  scheduler_.synchronise(&word, AccessKind::write);
  return change(word, value);
}

std::uint32_t SimOs::compare_exchange_word(mp::Word& word, std::uint32_t expected, std::uint32_t desired) {
  const Entry entry(*this, Call::compare_exchange, &word);
  const bool fits = word.value == expected;
  scheduler_.synchronise(&word, fits ? AccessKind::write : AccessKind::read);
  return fits ? change(word, desired) : word.value;
}

std::uint32_t SimOs::fetch_add_word(mp::Word& word, std::uint32_t addend) {
  const Entry entry(*this, Call::fetch_add, &word);
  scheduler_.synchronise(&word, AccessKind::write);
  return change(word, word.value + addend);
}

mp::Result<void> SimOs::word_wait(mp::Word& word, std::uint32_t expected, mp::Instant deadline,
                                  mp::ProcessId owner) {
  const Entry entry(*this, Call::word_wait, &word, AccessKind::read);
  scheduler_.synchronise(&word, AccessKind::read);
  if (word.value != expected) return mp::failure(EAGAIN);
  if (has_ended(owner)) return mp::failure(EOWNERDEAD);
  if (deadline > scheduler_.now() && is_struck(ChoiceKind::spurious)) return {};
  const ProcessIndex watched = owner == mp::ProcessId::none ? none : find_process(owner);
  scheduler_.touch(Scheduler::sleepers_of(word), AccessKind::sleep);
  if (watched != none) scheduler_.touch(processes_[watched].get(), AccessKind::read);
  if (scheduler_.block(WaitKind::word, none, &word, deadline, watched) == Wake::timed_out)
    return mp::failure(ETIMEDOUT);
  scheduler_.synchronise(&word, AccessKind::read);
  if (has_ended(owner)) return mp::failure(EOWNERDEAD);
  return {};
}

int SimOs::word_wake(mp::Word& word, int count) {
  const Entry entry(*this, Call::word_wake, Scheduler::sleepers_of(word));
  scheduler_.synchronise(&word, AccessKind::read);
  const int woken = scheduler_.wake_some(&word, count);
  scheduler_.touch(Scheduler::sleepers_of(word), woken > 0 ? AccessKind::write : AccessKind::knock);
  return woken;
}

void SimOs::load_cell(const void* cell, std::span<std::byte> into) {
  const Entry entry(*this, Call::load_cell, first_thing_of(cell), AccessKind::read);
  touch_cells(scheduler_, cell, into.size(), AccessKind::read);
  std::memcpy(into.data(), cell, into.size());
}

void SimOs::store_cell(void* cell, std::span<const std::byte> bytes) {
  const Entry entry(*this, Call::store_cell, first_thing_of(cell));
  touch_cells(scheduler_, cell, bytes.size(), AccessKind::write);
  std::memcpy(cell, bytes.data(), bytes.size());
}

}  // namespace heddle::sim
